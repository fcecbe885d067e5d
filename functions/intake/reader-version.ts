/**
 * The reader of mails, as the record names it with every reading it makes. It is raised whenever some mail is read
 * otherwise than before: a rule of this folder, the MIME or the spreadsheet adapter, or a library of theirs. After
 * that `aarshjul mail replay` tells which stored mails say something else now.
 */
export const readerVersion = 'l3'
