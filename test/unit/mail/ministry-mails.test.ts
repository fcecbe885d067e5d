import { expect, test } from 'vitest'
import {
  decisionsWaiting,
  heldUntouched,
  releaseWaiting,
  waitingTooLong,
} from '../../../functions/mail/ministry-mails.ts'

const svendborg = {
  municipality: 'Svendborg',
  what: 'bedømmelse af 2014',
  recommendation: 'indstilling: mål 1 delvist, mål 2 og 3 opfyldt',
  due: 'høring skal sendes senest 12. marts',
  lastYear: 'sidste år: mål 1 ikke opfyldt',
  withoutRemarks: true,
}
const page = 'https://aarshjul.example/godkendelser'

test('the daily mail names the number waiting and puts what needs no more than a yes first', () => {
  const mail = decisionsWaiting({
    on: '2015-03-10',
    cases: [svendborg, { ...svendborg, municipality: 'Odense', withoutRemarks: false }],
    matters: [{ title: 'Kommunekvoter for 2015', agreements: 30 }],
    page,
  })
  expect(mail?.subject).toBe('3 sager venter på din stillingtagen (10. marts 2015)')
  expect(mail?.text).toBe(`3 sager venter på din stillingtagen (10. marts 2015)

Uden bemærkninger: 1

- Svendborg · bedømmelse af 2014 · indstilling: mål 1 delvist, mål 2 og
  3 opfyldt · høring skal sendes senest 12. marts · sidste år: mål 1
  ikke opfyldt

Kræver stillingtagen: 2

- Kommunekvoter for 2015: 30 aftaler, én samlet stillingtagen
- Odense · bedømmelse af 2014 · indstilling: mål 1 delvist, mål 2 og 3
  opfyldt · høring skal sendes senest 12. marts · sidste år: mål 1 ikke
  opfyldt

https://aarshjul.example/godkendelser
`)
})

test('no mail goes when nothing waits', () => {
  expect(decisionsWaiting({ on: '2015-03-10', cases: [], matters: [], page })).toBeNull()
})

test('release, waiting and held mails say how many and which', () => {
  expect(
    releaseWaiting({ year: 2014, ready: 29, lacking: ['Fanø: ingen kontakt', 'Odense: intet mål'], page })
      .text,
  ).toContain('29 er klar, 2 mangler noget:\n\n- Fanø: ingen kontakt\n')
  expect(
    waitingTooLong({
      waitingFor: 'approver',
      cases: [{ municipality: 'Svendborg', what: 'bedømmelse af 2014', workingDays: 5 }],
      page,
    }).subject,
  ).toBe('1 sag har ventet på godkendelse')
  expect(
    heldUntouched({
      mails: [{ municipality: 'Svendborg', receivedOn: '2015-02-27', why: 'ukendt afsender' }],
      page,
    }).text,
  ).toContain('- Svendborg · modtaget 27. februar 2015 · ukendt afsender\n')
})
