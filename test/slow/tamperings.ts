import { anchorFileSchema } from '../../functions/domain/anchor/anchor-list.ts'
import type { Actor, BaseEvent } from '../../functions/domain/base/stream.ts'
import type { StreamId } from '../../functions/domain/base/stream-id.ts'
import { canonicalJson } from '../../functions/domain/judging/canonical.ts'
import { assess } from '../../functions/domain/judging/rule.ts'
import type { Assessment, AssessmentInput } from '../../functions/domain/judging/assessment.ts'
import { digest } from '../../functions/adapters/signing.ts'
import type { Fault } from '../../functions/handlers/operator/verify/fault.ts'
import type { Attacker } from '../support/attacker-of-records.ts'
import type { StoredRecord } from '../support/stored-record.ts'

/** How a year's record is tampered with, place by place, and what a verification must name of each. */

export interface Named {
  readonly kind: Fault['kind']
  readonly where: string | RegExp
  readonly what?: RegExp
}
export interface Tampering {
  readonly what: string
  /** The only commit that names it is taken away by another tampering: it is not done beside that one. */
  readonly alone?: true
  /** Does it. @returns what must be named */
  readonly tamper: () => Promise<Named | readonly Named[]>
}

/** @param attacker who does it; the tests undo it */
export const tamperingsOf = (record: StoredRecord, attacker: Attacker): readonly Tampering[] => {
  const review = (agreement: string): StreamId => `REVIEW#2014#${agreement}`
  const agreementOf = (id: string): StreamId => `AGREEMENT#${id}`
  const renegotiation = (agreement: string): StreamId => `RENEGOTIATION#${agreement}#1`
  const [aabenraa, langeland, odense, svendborg] = [
    'aabenraa-pa',
    'langeland-pa',
    'odense-rk',
    'svendborg-rk',
  ].map(review) as [StreamId, StreamId, StreamId, StreamId]
  const approver: Actor = { by: 'person', personId: 'anders-proevesen', roles: ['approver'] }
  const caseworker: Actor = { by: 'person', personId: 'sofie-eksempel', roles: ['caseworker'] }
  const system: Actor = { by: 'system', name: 'EraseContent' }
  const commit = (PK: StreamId, seq: number) => ({ PK, SK: `C#${String(seq).padStart(6, '0')}` })

  const partOf = async (stream: StreamId, seq: number) => {
    const beginning = `P#${String(seq).padStart(6, '0')}#`
    const row = (await attacker.rows(stream)).find(({ SK }) => String(SK).startsWith(beginning))
    return { PK: stream, SK: String(row?.['SK']) }
  }
  const events = async (
    stream: StreamId,
    type: string,
  ): Promise<readonly (BaseEvent & Record<string, unknown>)[]> =>
    (await attacker.commitsOf(stream)).flatMap((one) =>
      one.events.filter((event) => event.type === type).map((event) => ({ ...event })),
    )
  /** The nth letter of a stream, and what is kept of it. */
  const letter = async (stream: StreamId, nth: number) => {
    const sent = (await events(stream, 'LetterSent'))[nth]!
    const [key, raw, id] = [String(sent['letterKey']), String(sent['rawSha256']), String(sent['messageId'])]
    return {
      file: `letters/${raw}`,
      sheet: `letters/${raw}.json`,
      claim: { PK: `LETTER#${key}`, SK: 'CLAIM' },
      message: { PK: `MESSAGE#${id.replace(/^<(.*)>$/, '$1')}`, SK: 'MESSAGE' },
      tag: { PK: `TAG#${key.slice(0, 40)}`, SK: 'TAG' },
    }
  }
  const tokenOf = async (stream: StreamId, nth: number) => {
    const { sheet } = await letter(stream, nth)
    const token = /-([0-9a-z]{16})@/.exec(attacker.read(sheet))?.[1] ?? ''
    return { PK: `TOKEN#${token.toUpperCase()}`, SK: 'TOKEN' }
  }
  const mailOf = async (stream: StreamId, nth: number) => {
    const mail = (await events(stream, 'MailReceived'))[nth]!
    return { file: `mail/${String(mail['rawSha256'])}`, mailKey: String(mail['mailKey']) }
  }
  const lists = (): readonly string[] => attacker.keys('anchors/')
  const dayOf = (key: string): string => key.slice('anchors/'.length, -'.json'.length)
  const listAt = (key: string) => anchorFileSchema.parse(JSON.parse(attacker.read(key))).list
  const where = ({ PK, SK }: { PK: string; SK: string }): string => `${PK} ${SK}`

  const row = {
    changed: (
      what: string,
      key: () => Promise<{ PK: string; SK: string }>,
      attribute: string,
      to: (text: string) => string,
    ): Tampering => ({
      what,
      tamper: async () => {
        const found = await key()
        await attacker.changeRow(found, (one) => ({ ...one, [attribute]: to(String(one[attribute])) }))
        return { kind: 'row-changed', where: where(found) }
      },
    }),
    gone: (
      what: string,
      key: () => Promise<{ PK: string; SK: string }>,
      named?: string | RegExp,
    ): Tampering => ({
      what,
      tamper: async () => {
        const found = await key()
        await attacker.removeRow(found)
        return { kind: 'row-missing', where: named ?? where(found) }
      },
    }),
    put: (what: string, put: { PK: string; SK: string } & Record<string, string>): Tampering => ({
      what,
      tamper: async () => {
        await attacker.addRow(put)
        return { kind: 'row-forged', where: where(put) }
      },
    }),
  }
  const file = {
    flipped: (what: string, key: () => Promise<string> | string): Tampering => ({
      what: `${what}: a bit flipped`,
      tamper: async () => {
        const found = await key()
        attacker.flipBit(found)
        return { kind: 'file-changed', where: found }
      },
    }),
    gone: (what: string, key: () => Promise<string> | string): Tampering => ({
      what: `${what}: gone`,
      tamper: async () => {
        const found = await key()
        attacker.removeFile(found)
        return { kind: 'file-missing', where: found }
      },
    }),
    replaced: (
      what: string,
      key: () => Promise<string> | string,
      change = (text: string) => `${text} `,
    ): Tampering => ({
      what: `${what}: another in its place, with a checksum that holds`,
      tamper: async () => {
        const found = await key()
        attacker.replaceFile(found, change)
        return { kind: 'file-changed', where: found }
      },
    }),
  }

  /** The newest list has, of one stream, a commit that none before it has. */
  const onlyInNewest = () => {
    const [before, newest] = lists().slice(-2).map(listAt)
    const found = newest?.streams.find(
      ({ stream, seq }) => seq > (before?.streams.find((one) => one.stream === stream)?.seq ?? 0),
    )
    if (newest === undefined || found === undefined) throw new Error('The newest list has nothing of its own')
    return { newest, stream: found.stream, seq: found.seq }
  }

  const lastDraft = async (stream: StreamId): Promise<Assessment> => {
    const draft = (await events(stream, 'DraftMade')).at(-1)
    return draft?.['assessment'] as Assessment
  }
  const drafts = async (stream: StreamId): Promise<number> => (await events(stream, 'DraftMade')).length
  const draftMade = async (stream: StreamId, assessment: Assessment, subject?: string) => {
    const round = (await drafts(stream)) + 1
    const named = subject ?? digest(`${round}|${canonicalJson(assessment)}`)
    await attacker.misuseFunctions(stream, { by: 'system', name: 'DraftAssessment' }, {
      type: 'DraftMade',
      v: 1,
      subject: named,
      assessment,
      hearing: false,
    } as BaseEvent)
  }
  const better = (assessment: Assessment): Assessment => ({
    ...assessment,
    targets: assessment.targets.map((target, nth) =>
      nth === 0 ? { ...target, verdict: target.verdict === 'met' ? 'not-met' : 'met' } : target,
    ),
  })
  const judged = (stream: StreamId, what: RegExp): Named => ({
    kind: 'judged-otherwise',
    where: stream,
    what,
  })

  const ofChains: readonly Tampering[] = [
    {
      what: 'a commit: its body changed',
      tamper: async () => {
        await attacker.changeRow(commit(aabenraa, 10), (one) => ({
          ...one,
          body: String(one['body']).replace('"number"', '"nummer"'),
        }))
        return { kind: 'chain', where: aabenraa, what: /commit 10: the body/ }
      },
    },
    {
      what: 'a commit: its hash changed',
      tamper: async () => {
        await attacker.changeRow(commit(aabenraa, 13), (one) => ({ ...one, hash: 'e'.repeat(64) }))
        return { kind: 'chain', where: aabenraa, what: /commit 13: the body/ }
      },
    },
    {
      what: 'a commit in the middle: gone',
      tamper: async () => {
        await attacker.removeRow(commit(aabenraa, 21))
        return { kind: 'chain', where: aabenraa, what: /commit 21: missing/ }
      },
    },
    {
      what: 'a private part: changed',
      tamper: async () => {
        await attacker.changeRow(await partOf(aabenraa, 4), (one) => ({
          ...one,
          content: String(one['content']).replace('example', 'eksempel'),
        }))
        return { kind: 'chain', where: aabenraa, what: /commit 4: the private part/ }
      },
    },
    {
      what: 'a private part: another salt',
      tamper: async () => {
        await attacker.changeRow(await partOf(aabenraa, 11), (one) => ({ ...one, salt: '0'.repeat(32) }))
        return { kind: 'chain', where: aabenraa, what: /commit 11: the private part/ }
      },
    },
    {
      what: 'a private part: gone',
      tamper: async () => {
        await attacker.removeRow(await partOf(aabenraa, 8))
        return { kind: 'private-missing', where: aabenraa, what: /commit 8 / }
      },
    },
    {
      what: 'the last commit: gone',
      tamper: async () => {
        await attacker.removeRow(commit(langeland, 26))
        return { kind: 'commit-missing', where: langeland, what: /commit 26, in the list/ }
      },
    },
    {
      what: 'a commit: a row without a body',
      tamper: async () => {
        await attacker.changeRow(commit(langeland, 5), ({ body: _body, ...rest }) => rest)
        return { kind: 'chain', where: langeland, what: /C#000005 cannot be read/ }
      },
    },
    {
      what: 'a commit: no JSON, with a hash that holds',
      tamper: async () => {
        await attacker.changeRow(commit(langeland, 9), (one) => ({ ...one, body: '{', hash: digest('{') }))
        return { kind: 'chain', where: langeland, what: /commit 9: / }
      },
    },
    {
      what: 'two commits: each in the place of the other',
      tamper: async () => {
        const stream = agreementOf('langeland-pa')
        const rows = (await attacker.rows(stream)).filter(({ SK }) => SK === 'C#000003' || SK === 'C#000004')
        await attacker.changeRow(commit(stream, 3), () => ({ ...rows[1] }))
        await attacker.changeRow(commit(stream, 4), () => ({ ...rows[0] }))
        return [
          { kind: 'chain', where: stream, what: /commit 3: missing/ },
          { kind: 'chain', where: stream, what: /commit 4: missing/ },
        ]
      },
    },
    {
      what: "a commit: another stream's in its place",
      tamper: async () => {
        const stream = agreementOf('svendborg-rk')
        const others = await attacker.rows(agreementOf('odense-rk'))
        const other = others.find(({ SK }) => SK === 'C#000005')!
        await attacker.changeRow(commit(stream, 5), () => ({ ...other }))
        return { kind: 'chain', where: stream, what: /commit 5: the chain is broken/ }
      },
    },
    {
      what: 'a stream: all its rows gone, and from the register',
      tamper: async () => {
        const stream = renegotiation('aabenraa-pa')
        for (const { SK } of await attacker.rows(stream))
          await attacker.removeRow({ PK: stream, SK: String(SK) })
        await attacker.removeRow({ PK: 'STREAMS#0', SK: stream })
        return { kind: 'stream-missing', where: stream, what: /it is gone/ }
      },
    },
    {
      what: 'a stream: gone from the register alone',
      tamper: async () => {
        const stream = renegotiation('langeland-pa')
        await attacker.removeRow({ PK: 'STREAMS#0', SK: stream })
        return { kind: 'stream-missing', where: stream, what: /the register/ }
      },
    },
    {
      what: 'a decision: written anew, chain and all',
      tamper: async () => {
        const stream = renegotiation('svendborg-rk')
        await attacker.rewriteFrom(stream, 5, (body) =>
          body.replaceAll('anders-proevesen', 'birgit-afproevet'),
        )
        return { kind: 'commit-changed', where: stream, what: /is not the one in the list/ }
      },
    },
    {
      what: "an approval: forged in an approver's name, hash and chain whole",
      tamper: async () => {
        const subject = String((await events(svendborg, 'DraftMade')).at(-1)?.['subject'])
        await attacker.forgeCommit(svendborg, approver, {
          type: 'Approved',
          v: 1,
          subject,
          by: 'anders-proevesen',
        } as BaseEvent)
        return { kind: 'commit-forged', where: svendborg, what: /anders-proevesen \(approver\)/ }
      },
    },
    {
      what: 'a stream: forged whole, in the register',
      tamper: async () => {
        await attacker.forgeStream(review('koege-rk'), system, { type: 'Closed', v: 1 })
        return { kind: 'commit-forged', where: review('koege-rk') }
      },
    },
    {
      what: 'a commit: dated before lists that have it not',
      tamper: async () => {
        const stream = renegotiation('odense-rk')
        await attacker.forgeCommit(stream, system, {
          type: 'ExecutionAttached',
          v: 1,
          attempt: 2,
          execution: 'x',
        } as BaseEvent)
        return { kind: 'commit-unlisted', where: stream }
      },
    },
    {
      what: 'the list entry: at a commit that never was',
      tamper: async () => {
        await attacker.changeRow({ PK: 'COMMITMENTS#all', SK: 'HEAD' }, (one) => ({ ...one, version: 9 }))
        return { kind: 'commit-missing', where: 'COMMITMENTS#all', what: /its head stands at commit 9/ }
      },
    },
  ]

  const withKeys: readonly Tampering[] = [
    {
      what: 'a draft with a better verdict, hash and seal whole',
      tamper: async () => {
        await draftMade(odense, better(await lastDraft(odense)))
        return judged(odense, /judged again it is another/)
      },
    },
    {
      what: 'a draft from other figures, judged rightly',
      tamper: async () => {
        const { input } = await lastDraft(svendborg)
        const figures = input.figures.map((one): AssessmentInput['figures'][number] => ({
          ...one,
          given: { given: 'not-available' },
        }))
        await draftMade(svendborg, assess({ ...input, figures }))
        return judged(svendborg, /other figures/)
      },
    },
    {
      what: 'a draft by an observation that nobody recorded',
      tamper: async () => {
        const { input } = await lastDraft(odense)
        const observations = input.observations.map((one) => ({ ...one, value: '999999' }))
        await draftMade(odense, assess({ ...input, observations }))
        return judged(odense, /observation that nobody recorded/)
      },
    },
    {
      what: 'a draft under a hash that is not its own',
      tamper: async () => {
        await draftMade(aabenraa, await lastDraft(aabenraa), 'f'.repeat(64))
        return judged(aabenraa, /does not have the hash/)
      },
    },
    {
      what: 'a final assessment that nobody recommended',
      tamper: async () => {
        const drafted = (await events(svendborg, 'DraftMade')).at(-1)!
        await attacker.misuseFunctions(svendborg, system, {
          type: 'Assessed',
          v: 1,
          version: 2,
          subject: String(drafted['subject']),
          assessment: better(drafted['assessment'] as Assessment),
          comments: 'none',
        } as BaseEvent)
        return judged(svendborg, /changes that were recommended/)
      },
    },
    {
      what: 'a rider whose text is not the one that was signed',
      tamper: async () => {
        const stream = agreementOf('odense-rk')
        const [rider] = await events(stream, 'RiderInForce')
        await attacker.misuseFunctions(stream, system, {
          ...rider!,
          version: 3,
          riderNumber: 2,
          contentHash: 'd'.repeat(64),
        } as BaseEvent)
        return { kind: 'commit-changed', where: stream, what: /version 3 \(rider 2\)/ }
      },
    },
    {
      what: 'an erasure that its first person never asked for',
      tamper: async () => {
        const { mailKey } = await mailOf(svendborg, 1)
        await attacker.misuseFunctions(
          svendborg,
          system,
          erased(mailKey, 'sofie-eksempel', 'anders-proevesen'),
        )
        return { kind: 'erased-by-nobody', where: svendborg, what: /sofie-eksempel never asked/ }
      },
    },
    {
      what: 'an erasure that its second person never decided',
      tamper: async () => {
        const { mailKey } = await mailOf(odense, 1)
        const ground = 'citizen-data'
        await attacker.misuseFunctions(odense, caseworker, {
          type: 'ErasureAsked',
          v: 1,
          mailKey,
          ground,
          by: 'sofie-eksempel',
          private: { reason: 'x' },
        } as BaseEvent)
        await attacker.misuseFunctions(odense, system, erased(mailKey, 'sofie-eksempel', 'anders-proevesen'))
        return { kind: 'erased-by-nobody', where: odense, what: /anders-proevesen never decided/ }
      },
    },
    {
      what: 'an erasure by one person',
      tamper: async () => {
        const { mailKey } = await mailOf(aabenraa, 1)
        await attacker.misuseFunctions(aabenraa, system, erased(mailKey, 'sofie-eksempel', 'sofie-eksempel'))
        return { kind: 'erased-by-one', where: aabenraa }
      },
    },
    {
      what: 'an erasure that left what it named',
      tamper: async () => {
        const { mailKey, file: key } = await mailOf(odense, 2)
        await attacker.misuseFunctions(
          odense,
          system,
          erased(mailKey, 'sofie-eksempel', 'anders-proevesen', [key]),
        )
        return { kind: 'not-erased', where: key }
      },
    },
  ]
  const erased = (
    mailKey: string,
    askedBy: string,
    confirmedBy: string,
    files: readonly string[] = [],
  ): BaseEvent =>
    ({
      type: 'MailErased',
      v: 1,
      mailKey,
      ground: 'citizen-data',
      askedBy,
      confirmedBy,
      commits: [],
      files,
    }) as BaseEvent

  const contactsOf = async (agreement: string) =>
    (await attacker.rows(`CONTACTS#${agreement}`)).map(({ PK, SK }) => ({ PK: String(PK), SK: String(SK) }))
  const addressOf = async (agreement: string) => {
    const [contact] = await attacker.rows(`CONTACTS#${agreement}`)
    const { id, email } = JSON.parse(String(contact?.['contact'])) as { id: string; email: string }
    return { PK: `ADDRESS#${email.toLowerCase()}`, SK: `${agreement}#${id}` }
  }
  const known = async (key: { PK: string; SK: string }) => key

  const ofRows: readonly Tampering[] = [
    row.changed(
      'a contact: another address',
      async () => (await contactsOf('svendborg-rk'))[0]!,
      'contact',
      (text) => text.replace('.example', '.evil.example'),
    ),
    row.gone('a contact: gone', async () => (await contactsOf('odense-rk'))[0]!),
    row.put('a contact: put there', {
      PK: 'CONTACTS#langeland-pa',
      SK: 'CONTACT#fremmed',
      contact: JSON.stringify({
        id: 'fremmed',
        municipality: '482',
        role: 'signatory',
        name: 'Fremmed Prøve',
        title: '',
        email: 'fremmed@evil.example',
        language: 'da',
        validFrom: '2014-01-01',
        validTo: null,
      }),
    }),
    row.gone('an address: gone', () => addressOf('aabenraa-pa'), /^ADDRESS# aabenraa-pa#/),
    row.put('an address: put there', {
      PK: 'ADDRESS#fremmed@evil.example',
      SK: 'odense-rk#x',
      agreement: 'odense-rk',
    }),
    row.changed(
      'the directory: another person',
      () => known({ PK: 'DIRECTORY', SK: 'CURRENT' }),
      'body',
      (text) => text.replace('.example', '.evil.example'),
    ),
    row.gone('the register of agreements: one gone', () => known({ PK: 'AGREEMENTS#0', SK: 'odense-rk' })),
    row.put('the register of agreements: one put there', { PK: 'AGREEMENTS#0', SK: 'ringsted-rk' }),
    row.gone('the register of runs: one gone', () => known({ PK: 'RUNS#0', SK: '2014' })),
    row.put('the register of open reviews: one put there', { PK: 'RUN#2014#OPEN#0', SK: 'odense-rk' }),
    row.changed(
      'a token: another case',
      () => tokenOf(odense, 2),
      'names',
      (text) => text.replace('odense', 'svendborg'),
    ),
    row.gone('a token: gone', () => tokenOf(langeland, 2)),
    row.put('a token: put there', { PK: 'TOKEN#2222222222222222', SK: 'TOKEN', names: '{}' }),
    row.changed(
      'a claim on a letter: not sent',
      async () => (await letter(svendborg, 3)).claim,
      'state',
      () => 'claimed',
    ),
    row.gone('a claim on a letter: gone', async () => (await letter(svendborg, 4)).claim),
    row.changed(
      'the id of a letter: another case',
      async () => (await letter(odense, 3)).message,
      'stream',
      () => svendborg,
    ),
    row.gone('the id of a letter: gone', async () => (await letter(odense, 4)).message, /^MESSAGE#/),
    row.gone('the tag of a letter: gone', async () => (await letter(odense, 5)).tag),
    row.changed(
      'a list entry: another summary',
      () => known({ PK: svendborg, SK: 'HEAD' }),
      'summary',
      () => '{}',
    ),
    row.gone('a list entry: gone', () => known({ PK: agreementOf('aabenraa-pa'), SK: 'HEAD' })),
    row.put('a wait: put there', {
      PK: `WAITS#${odense}`,
      SK: 'WAIT#Reply#00',
      kind: 'Reply',
      expects: 'x',
      token: 'x',
    }),
  ]

  const compiled = async (nth: number) => (await events('RUN#2014', 'ReportCompiled'))[nth]!
  const pageOf = async (nth: number, agreement: string) => {
    const files = (await compiled(nth))['files'] as readonly { name: string; archiveKey: string }[]
    return files.find(({ name }) => name === `${agreement}.html`)!.archiveKey
  }
  const compiledHtml = async () => {
    const files = (await compiled(1))['files'] as readonly { name: string; archiveKey: string }[]
    return files.find(({ name }) => name.startsWith('samlet') && name.endsWith('.html'))!.archiveKey
  }
  const frozen = async (ending: string) => {
    const [event] = await events('RUN#2014', 'ReportFrozen')
    const files = event!['files'] as readonly { name: string; archiveKey: string }[]
    return files.find(({ name }) => name.endsWith(ending))!.archiveKey
  }

  const ofFiles: readonly Tampering[] = [
    file.flipped('a raw mail', async () => (await mailOf(aabenraa, 2)).file),
    file.gone('a raw mail', async () => (await mailOf(svendborg, 2)).file),
    file.replaced('a raw mail', async () => (await mailOf(odense, 3)).file),
    file.flipped('a letter', async () => (await letter(aabenraa, 0)).file),
    file.gone('a letter', async () => (await letter(langeland, 0)).file),
    file.replaced('a letter', async () => (await letter(odense, 0)).file),
    file.flipped("a letter's sheet", async () => (await letter(aabenraa, 1)).sheet),
    file.gone("a letter's sheet", async () => (await letter(langeland, 1)).sheet),
    file.replaced(
      "a letter's sheet with a later deadline",
      async () => (await letter(svendborg, 1)).sheet,
      (text) => text.replace(/"dueOn":"2015-\d\d/, '"dueOn":"2015-12'),
    ),
    file.replaced(
      "a letter's sheet with another sender",
      async () => (await letter(svendborg, 2)).sheet,
      (text) => text.replace('"from":"svar+', '"from":"svar-'),
    ),
    file.gone('a rider', () => attacker.keys('riders/')[0]!),
    file.replaced('a rider', () => attacker.keys('riders/').at(-1)!),
    file.gone('a page of the report', () => pageOf(0, 'odense-rk')),
    file.replaced('a page of the report', () => pageOf(0, 'aabenraa-pa')),
    file.flipped('a page of the report', () => pageOf(1, 'langeland-pa')),
    file.gone('the report as it was compiled first', async () => String((await compiled(0))['archiveKey'])),
    file.replaced('the frozen CSV', () => frozen('.csv')),
    { ...file.flipped('the frozen PDF', () => frozen('.pdf')), alone: true },
    file.flipped('the page of the report that was decided on', () => compiledHtml()),
  ]

  const listGone = (nth: number): Tampering => ({
    what: `a nightly list: gone (${nth})`,
    tamper: async () => {
      const key = lists()[nth]!
      attacker.removeFile(key)
      return { kind: 'list', where: dayOf(key), what: /is gone/ }
    },
  })
  // The newest comes last: the others are counted from the first.
  const ofLists: readonly Tampering[] = [
    {
      what: 'a nightly list: a bit flipped',
      tamper: async () => {
        const key = lists()[8]!
        attacker.flipBit(key)
        return { kind: 'list', where: dayOf(key), what: /cannot be read/ }
      },
    },
    {
      what: 'a nightly list: a hash in it changed',
      tamper: async () => {
        const key = lists()[16]!
        attacker.replaceFile(key, (text) =>
          text.replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${'c'.repeat(64)}"`),
        )
        return { kind: 'list', where: dayOf(key), what: /not signed by this installation/ }
      },
    },
    {
      what: 'a nightly list: that of another night',
      tamper: async () => {
        const [key, other] = [lists()[22]!, attacker.read(lists()[20]!)]
        attacker.replaceFile(key, () => other)
        return { kind: 'list', where: dayOf(key) }
      },
    },
    {
      what: 'the mail that took a list to the journal: gone',
      tamper: async () => {
        const claim = await record.ports.claims.find(digest(`anchor|${dayOf(lists()[27]!)}`))
        const key = `letters/${claim?.rawSha256}`
        attacker.removeFile(key)
        return { kind: 'file-missing', where: key, what: /to the journal/ }
      },
    },
    listGone(0),
    listGone(31),
    {
      what: 'the newest list: gone, with the commits that only it had',
      tamper: async () => {
        const { newest, stream, seq } = onlyInNewest()
        for (const { SK } of await attacker.rows(stream)) {
          const at = /^[CP]#(\d{6})/.exec(String(SK))?.[1]
          if (at !== undefined && Number(at) >= seq) await attacker.removeRow({ PK: stream, SK: String(SK) })
        }
        attacker.removeFile(`anchors/${newest.on}.json`)
        return [
          { kind: 'list', where: newest.on, what: /is gone/ },
          {
            kind: 'commit-missing',
            where: stream,
            what: new RegExp(`commit ${seq}, in the list of ${newest.on}`),
          },
        ]
      },
    },
  ]

  return [...ofChains, ...withKeys, ...ofRows, ...ofFiles, ...ofLists]
}
