import {defineCheck, type Facts, shorten} from '../../src/check.ts'

type Fault = Facts['gooseFaults'][number]

export default defineCheck({
  id: 'migrations/goose-files',
  title: 'goose can read its migrations',
  why: 'goose stops at a file whose annotations do not fit one another, and ends a statement at the first line with a semicolon behind.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['gooseFaults'],
  *run({gooseFaults}) {
    for (const {kind, what, at} of gooseFaults) yield {...told[kind](shorten(what, 60)), at}
  },
})

const told: Record<Fault['kind'], (what: string) => {message: string; hint: string}> = {
  'no up': () => ({
    message: 'the file has no "-- +goose Up": goose stops there',
    hint: 'Put "-- +goose Up" in front of what is to run.',
  }),
  twice: () => ({
    message: '"-- +goose Up" stands a second time in the file: goose stops there',
    hint: 'Leave the first one only.',
  }),
  'down first': () => ({
    message: '"-- +goose Down" has no "-- +goose Up" in front of it, or is not the first: goose stops there',
    hint: 'Write what runs forwards behind "-- +goose Up", and then, once, "-- +goose Down".',
  }),
  begin: () => ({
    message: '"-- +goose StatementBegin" stands in front of "-- +goose Up": goose stops there',
    hint: 'Put "-- +goose Up" in the line before.',
  }),
  end: () => ({
    message: '"-- +goose StatementEnd" has no "-- +goose StatementBegin" in front of it: goose stops there',
    hint: 'Put "-- +goose StatementBegin" in front of the statement, or take the line out.',
  }),
  unended: () => ({
    message: '"-- +goose StatementBegin" has no "-- +goose StatementEnd": goose stops at this file',
    hint: 'Put "-- +goose StatementEnd" behind the statement, before the next annotation.',
  }),
  semicolon: (what) => ({
    message: `${what} … has no semicolon at the end of its last line: goose stops with "unexpected unfinished SQL query"`,
    hint: 'End the statement with a semicolon.',
  }),
  split: (what) => ({
    message: `goose ends ${what} … at this semicolon, inside its body: the database gets half of it`,
    hint: 'Put "-- +goose StatementBegin" in front of the statement and "-- +goose StatementEnd" behind it.',
  }),
  indented: (what) => ({
    message: `blanks stand in front of "-- +goose ${what}": goose stops there, or does not see it`,
    hint: 'Begin it at the first column of the line.',
  }),
}
