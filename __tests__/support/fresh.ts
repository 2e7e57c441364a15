/** Evaluates a module anew, as Node does in another process; what it imports stays as it is. */
export function fresh<Module>(file: string): Module {
  delete require.cache[require.resolve(file)];
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as Module;
}
