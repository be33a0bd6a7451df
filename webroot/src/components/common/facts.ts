/** Something by its name, and what it is. */
export type Fact = readonly [name: string, value: string]
