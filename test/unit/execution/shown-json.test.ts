import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hiddenToken, shownJson } from '../../../functions/domain/execution/execution.ts'

it('shows JSON indented and whole, but for tokens and addresses', () => {
  const shown = shownJson(
    '{"Payload":{"stream":"REVIEW#2014#a","token":"AQCE","kind":"reply"},"TaskToken":"x","to":"Mette <mette@svendborg.example>"}',
  )
  expect(JSON.parse(shown)).toEqual({
    Payload: { stream: 'REVIEW#2014#a', token: hiddenToken, kind: 'reply' },
    TaskToken: hiddenToken,
    to: 'Mette <(adresse skjult)>',
  })
  expect(shown).toContain('\n  "Payload"')
})

it('leaves what only looks like an address or a token', () => {
  const stack = '{"trace":["at /var/task/node_modules/@aws-sdk/client.js:1:2"],"tokens":3,"token":""}'
  expect(JSON.parse(shownJson(stack))).toEqual(JSON.parse(stack))
})

it('hides them in text that is no JSON, and in JSON within text', () => {
  expect(shownJson('failed for mette@svendborg.example: {"token": "AQCE"')).toBe(
    'failed for (adresse skjult): {"token": "(skjult)"',
  )
  const nested = shownJson(JSON.stringify({ cause: JSON.stringify({ token: 'AQCE' }) }))
  expect(nested).not.toContain('AQCE')
})

it('never shows a token, wherever it stands', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{12,40}$/)
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom('token', 'taskToken', 'TaskToken'),
      fc.jsonValue(),
      (value, key, other) => {
        const text = JSON.stringify({ deep: [{ [key]: `§${value}` }, 1] })
        expect(shownJson(text)).not.toContain(`§${value}`)
        expect(shownJson(JSON.stringify({ other, text }))).not.toContain(`§${value}`)
        expect(shownJson(`${text}!`)).not.toContain(`§${value}`)
      },
    ),
  )
})
