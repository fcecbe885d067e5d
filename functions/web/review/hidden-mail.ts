import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'

/** Shown to nobody: set aside, or asked to be erased. */
export const isHidden = (mail: MailRecord): boolean => mail.standing === 'set-aside' || isWithdrawn(mail)
