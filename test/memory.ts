export * from '../src/testing/memory.ts'
