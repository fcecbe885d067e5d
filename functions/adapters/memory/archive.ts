import type { ArchiveErasure, Archive } from '../../ports/record.ts'
import type { LandingErasure, Landing } from '../../ports/mail.ts'

/** The archive in memory: an object is put once and never changed. */
export function memoryArchive(): Archive & ArchiveErasure & { keys(): readonly string[] } {
  const objects = new Map<string, Uint8Array>()
  return {
    putOnce: async (key, bytes) => {
      if (objects.has(key)) return 'exists'
      objects.set(key, Uint8Array.from(bytes))
      return 'written'
    },
    get: async (key) => copyOf(objects.get(key)),
    erase: async (key) => {
      objects.delete(key)
    },
    keys: () => [...objects.keys()].sort(),
  }
}

/** The landing bucket in memory; `land` is what SES does. */
export function memoryLanding(): Landing & LandingErasure & { land(key: string, bytes: Uint8Array): void } {
  const objects = new Map<string, Uint8Array>()
  return {
    get: async (key) => copyOf(objects.get(key)),
    eraseTwins: async (bytes) => {
      const twins = [...objects].filter(([, there]) => Buffer.compare(there, bytes) === 0)
      for (const [key] of twins) objects.delete(key)
      return twins.length
    },
    land: (key, bytes) => {
      objects.set(key, Uint8Array.from(bytes))
    },
  }
}

const copyOf = (bytes: Uint8Array | undefined): Uint8Array | null =>
  bytes === undefined ? null : Uint8Array.from(bytes)
