/** How often others had their turn while some work was under way. */
export async function turnsDuring<T>(work: () => Promise<T>): Promise<{ readonly turns: number; readonly value: T }> {
  let turns = 0;
  let goesOn = true;
  const other = () => {
    turns++;
    if (goesOn) setImmediate(other);
  };
  setImmediate(other);
  try {
    return { value: await work(), turns };
  } finally {
    goesOn = false;
  }
}
