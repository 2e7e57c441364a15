/** Returns the props that have a value, in blocks as well, so that defaults stand in for `undefined` and `null`, too. */
export function givenProps<Props extends object>(props: Props): Props {
  const given: Partial<Props> = {};
  for (const name of Object.keys(props) as (keyof Props)[]) {
    const value = props[name];
    if (value !== undefined && value !== null) given[name] = givenValue(value) as Props[keyof Props];
  }
  return given as Props;
}

function givenValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isPlainObject) ? value.map(givenValue) : value;
  return isPlainObject(value) ? givenProps(value) : value;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
