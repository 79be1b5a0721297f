// CommonJS's way to export one thing.
export { isDeepStrictEqual as 'module.exports' } from 'node:util';
