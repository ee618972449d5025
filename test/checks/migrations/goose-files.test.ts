import check from '../../../checks/migrations/goose-files.ts'
import {testCheck} from '../../harness.ts'

const project = (sql: string, path = 'migrations/00001_touch.sql') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop ./cmd/shop\nCMD ["/shop"]\n',
    'go.mod': 'module shop\n\nrequire github.com/pressly/goose/v3 v3.26.0\n',
    [path]: sql,
  },
})
const body = 'CREATE FUNCTION touch() RETURNS trigger AS $$\nBEGIN\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;\n'
const begin = '-- +goose StatementBegin\n'
const end = '-- +goose StatementEnd\n'
const at = 'warning migrations/00001_touch.sql'

testCheck(check, {
  clean: {
    'dollars in a text': project("-- +goose Up\nINSERT INTO notes VALUES ('pays $$ ');\n"),
    'a function between the annotations': project(
      `-- +goose Up\n${begin}${body}${end}\n-- +goose Down\nDROP FUNCTION touch();\n`,
    ),
    'a function in one line': project(
      '-- +goose Up\nCREATE FUNCTION a() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql;\n',
    ),
    'a body whose lines end in no semicolon': project(
      '-- +goose Up\nCREATE FUNCTION a() RETURNS int AS $$\n  SELECT 1\n$$ LANGUAGE sql;\n',
    ),
    'comments, in front and behind': project(
      '-- a note;\n\n-- +goose Up\n-- it has $$\nCREATE TABLE a (b int); -- done\n-- +goose Down\nDROP TABLE a\n',
    ),
    'two statements in one block': project(`-- +goose Up\n${begin}SELECT 1;\nSELECT 2;\n${end}`),
    'other cases, which later versions take': project('-- +goose up\nSELECT 1;\n-- +goose down\nSELECT 2;\n'),
    'no transaction': project('-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY a ON b (c);\n'),
    'a trigger of Postgres': project(
      '-- +goose Up\nCREATE TRIGGER a BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION touch();\n',
    ),
    'no file of goose': project(body),
    'a program of the project reads them': {
      files: {...project(`-- +goose Up\n${body}`).files, 'go.mod': 'module shop\n'},
    },
    'a file that is no migration': project('-- +goose Down\n', 'db/notes.sql'),
    'a file of another tool, beside one of goose': {
      files: {...project('-- +goose Up\nSELECT 1;\n').files, 'migrations/00002_notes.sql': 'SELECT 1;\n'},
    },
    'files of another tool in a folder of their own': {
      files: {
        ...project('-- +goose Up\nSELECT 1;\n').files,
        'migrations/00002_b.sql': '-- +goose Up\nSELECT 1;\n',
        'seeds/001_notes.sql': 'SELECT 1;\n',
      },
    },
    'one for tests': project('-- +goose Down\n', 'testdata/00001_a.sql'),
  },
  flagged: {
    'a file without a mark among those of goose': {
      files: {
        ...project('-- +goose Up\nSELECT 1;\n').files,
        'migrations/00002_b.sql': '-- +goose Up\nSELECT 1;\n',
        'migrations/00003_c.sql': '-- a note\nALTER TABLE a ADD COLUMN b text;\n',
      },
      expect: ['warning migrations/00003_c.sql:1:1 the file has no "-- +goose Up": goose stops there'],
    },
    'a function of Postgres, cut at its first semicolon': {
      ...project(`-- +goose Up\n${body}`),
      expect: [
        `${at}:4:3 goose ends CREATE FUNCTION touch() RETURNS … at this semicolon, inside its body: the database gets half of it`,
      ],
    },
    'a trigger of SQLite': {
      ...project('-- +goose Up\nCREATE TRIGGER a AFTER INSERT ON b BEGIN\n  DELETE FROM c;\nEND;\n'),
      expect: [
        `${at}:3:3 goose ends CREATE TRIGGER a AFTER … at this semicolon, inside its body: the database gets half of it`,
      ],
    },
    'a block without an end': {
      ...project(`-- +goose Up\n${begin}${body}\n-- +goose Down\nDROP FUNCTION touch();\n`),
      expect: [`${at}:2:1 "-- +goose StatementBegin" has no "-- +goose StatementEnd": goose stops at this file`],
    },
    'a block without an end, at the end of the file': {
      ...project(`-- +goose Up\nSELECT 1;\n-- +goose Down\n${begin}SELECT 2;\n`),
      expect: [`${at}:4:1 "-- +goose StatementBegin" has no "-- +goose StatementEnd": goose stops at this file`],
    },
    'an end without a block': {
      ...project(`-- +goose Up\nSELECT 1;\n${end}`),
      expect: [
        `${at}:3:1 "-- +goose StatementEnd" has no "-- +goose StatementBegin" in front of it: goose stops there`,
      ],
    },
    'Down alone': {
      ...project('-- +goose Down\nSELECT 1;\n'),
      expect: [
        `${at}:1:1 "-- +goose Down" has no "-- +goose Up" in front of it, or is not the first: goose stops there`,
      ],
    },
    'no Up': {
      ...project(`-- +goose NO TRANSACTION\nSELECT 1;\n`),
      expect: [`${at}:1:1 the file has no "-- +goose Up": goose stops there`],
    },
    'Up twice': {
      ...project('-- +goose Up\nSELECT 1;\n-- +goose Up\nSELECT 2;\n'),
      expect: [`${at}:3:1 "-- +goose Up" stands a second time in the file: goose stops there`],
    },
    'a block in front of Up': {
      ...project(`${begin}SELECT 1;\n${end}`),
      expect: [`${at}:1:1 "-- +goose StatementBegin" stands in front of "-- +goose Up": goose stops there`],
    },
    'no semicolon in front of Down': {
      ...project('-- +goose Up\nCREATE TABLE a (\n  b int\n)\n\n-- +goose Down\nDROP TABLE a;\n'),
      expect: [
        `${at}:2:1 CREATE TABLE a ( … has no semicolon at the end of its last line: goose stops with "unexpected unfinished SQL query"`,
      ],
    },
    'an annotation behind blanks': {
      ...project(`-- +goose Up\n  ${begin}${body}  ${end}`),
      expect: [`${at}:2:3 blanks stand in front of "-- +goose StatementBegin": goose stops there, or does not see it`],
    },
  },
})
