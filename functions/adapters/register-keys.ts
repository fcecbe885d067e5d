/** How texts that came from outside are made into keys of the register, the same in every store. */

/** A key has at most 2,048 bytes, a character at most four: a longer text names nothing we ever wrote. */
const longestKey = 500

export const mayBeKey = (text: string): boolean => text.length > 0 && text.length <= longestKey

/** A Message-ID with or without its angle brackets is the same. */
export const messageIdKey = (messageId: string): string => messageId.trim().replace(/^<(.*)>$/, '$1')

/** Addresses are compared without regard to case, the local part too: nobody's registrar keeps them apart. */
export const addressKey = (email: string): string => email.trim().toLowerCase()
