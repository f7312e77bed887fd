type Facts = Readonly<Record<string, string | number>>;

/** Of facts that are otherwise now, how they were, as `former…`; nothing is said as a dash. For entries of the journal, which say what is. */
export const formerOf = (now: Facts, was: Facts): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(was)
      .filter(([name, value]) => value !== (now[name] ?? ''))
      .map(([name, value]) => [`former${name.charAt(0).toUpperCase()}${name.slice(1)}`, value === '' ? '–' : value]),
  );
