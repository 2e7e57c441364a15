/** Prints, and waits until it is written, since a process that ends drops what a pipe has not taken. */
export function printed(text: string): Promise<unknown> {
  return new Promise((done) => process.stdout.write(text, done));
}
