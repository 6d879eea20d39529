/** Data as it arrives at the other end of a wire: what is not finite is null, what is undefined is gone. */
export function jsonOf<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T; // the caller names the contract's type for the same data
}
