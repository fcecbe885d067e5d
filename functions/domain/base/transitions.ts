/** Which event moves a status, from where, to where. */
export type Transitions<S extends string> = Readonly<
  Record<string, { readonly from: readonly S[]; readonly to: S }>
>

/** How a case moves by its one table. An event that is not in it moves nothing and may always happen. */
export const movedBy = <S extends string>(table: Transitions<S>) => {
  const move = (type: string) => (Object.hasOwn(table, type) ? table[type] : undefined)
  return {
    /** May the event happen in this status? */
    mayHappen: (status: S, type: string): boolean => move(type)?.from.includes(status) ?? true,
    /** The status after the event; one that may not happen in this status moves nothing (what is over stays so). */
    statusAfter: (status: S, type: string): S => {
      const moved = move(type)
      return moved?.from.includes(status) === true ? moved.to : status
    },
  }
}
