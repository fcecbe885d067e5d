import type { Directory } from '../../domain/directory/directory.ts'
import type { DirectoryStore } from '../../ports/record.ts'

export function memoryDirectoryStore(): DirectoryStore {
  let current: Directory | null = null
  return {
    read: async () => {
      if (current === null) throw new Error("no directory of the ministry's people yet")
      return current
    },
    write: async (directory) => {
      current = directory
    },
  }
}
