import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { graphOf } from '../../../functions/domain/execution/graph.ts'
import { placed, wrapped } from '../../../functions/web/operator/graph-svg.ts'
import { stateMachines } from '../../../workflows/tasks.ts'

const definitionOf = (machine: string): unknown =>
  JSON.parse(readFileSync(`workflows/${machine}.asl.json`, 'utf8'))

describe.each(stateMachines)('the graph of %s', (machine) => {
  const graph = graphOf(definitionOf(machine))

  it('has every state once, one start, and a way on from each state that is not the end', () => {
    const names = graph.states.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(graph.states.filter(({ isStart }) => isStart).length).toBe(1)
    for (const { name, isEnd } of graph.states)
      expect(
        graph.edges.some((edge) => edge.from === name),
        name,
      ).toBe(!isEnd)
    for (const edge of graph.edges) expect(names).toContain(edge.to)
  })

  it('is placed without overlaps, within its drawing, and the same each time', () => {
    const drawing = placed(graph)
    for (const [index, one] of drawing.states.entries()) {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0)
      expect(one.y - one.height / 2).toBeGreaterThanOrEqual(0)
      expect(one.x + one.width / 2).toBeLessThanOrEqual(drawing.width)
      expect(one.y + one.height / 2).toBeLessThanOrEqual(drawing.height)
      for (const other of drawing.states.slice(index + 1))
        expect(
          Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2,
          `${one.name} over ${other.name}`,
        ).toBe(true)
    }
    expect(placed(graph)).toEqual(drawing)
  })
})

it('names the condition of a choice and the errors of a catch', () => {
  const { edges } = graphOf(definitionOf('agreement-review'))
  expect(edges).toContainEqual({
    from: 'What is next?',
    to: 'Send letter',
    kind: 'choice',
    label: "$plan.next = 'letter'",
  })
  expect(edges).toContainEqual({
    from: 'Wait for the ministry',
    to: 'Plan next',
    kind: 'catch',
    label: 'States.Timeout, AlreadySatisfied',
  })
})

it('shows the states of branches and iterations after those that hold them', () => {
  const graph = graphOf({
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
          {
            StartAt: 'Each',
            States: {
              Each: {
                Type: 'Map',
                End: true,
                ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
              },
            },
          },
        ],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  })
  expect(graph.states.map(({ name }) => name)).toEqual(['Both', 'Done', 'Left', 'Each', 'One'])
  expect(graph.edges.filter(({ kind }) => kind === 'inside').map(({ from, to }) => [from, to])).toEqual([
    ['Both', 'Left'],
    ['Both', 'Each'],
    ['Each', 'One'],
  ])
  expect(graph.states.filter(({ isEnd }) => isEnd).map(({ name }) => name)).toEqual(['Done'])
})

it('refuses what is no definition', () => {
  expect(() => graphOf({ States: 'none' })).toThrow('States')
})

it('breaks names between words alone', () => {
  expect(wrapped('Wait for the municipality')).toEqual(['Wait for the', 'municipality'])
  expect(wrapped('Donaudampfschiffahrtsgesellschaft')).toEqual(['Donaudampfschiffahrtsgesellschaft'])
})
