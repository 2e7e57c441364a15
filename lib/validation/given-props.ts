/** Returns the props that have a value, so that defaults stand in for `undefined` and `null`, too. */
export function givenProps<Props extends object>(props: Props): Props {
  return Object.fromEntries(
    Object.entries(props).filter(([, value]) => value !== undefined && value !== null),
  ) as Props;
}
