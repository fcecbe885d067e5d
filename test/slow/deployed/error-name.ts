/** Ends an error's name in a message that carries both. */
export const nameEnd = ' |> '
