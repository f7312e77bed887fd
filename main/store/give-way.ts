/** Lets everybody else have their turn; what takes long calls it between its pieces. */
export const giveWay = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
