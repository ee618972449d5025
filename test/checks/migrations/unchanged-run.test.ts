import check from '../../../checks/migrations/unchanged-run.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, more = '', pkg = 'github.com/golang-migrate/migrate/v4') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /server .\nCMD ["/server"]\n',
    'go.mod': 'module example.com/shop\n\ngo 1.25\n',
    'main.go': `package main\n\nimport "${pkg}"\n\nfunc main() {\n\tm, err := migrate.New("file://migrations", url)\n${run}\n}\n${more}`,
  },
})

testCheck(check, {
  clean: {
    'no change passes': project(
      '\tif err := m.Up(); err != nil && err != migrate.ErrNoChange {\n\t\tlog.Fatal(err)\n\t}',
    ),
    'no change is told apart in the block': project(
      '\tif err := m.Up(); err != nil {\n\t\tif !errors.Is(err, migrate.ErrNoChange) {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t}',
    ),
    'the text is compared': project(
      '\tif err := m.Up(); err != nil && err.Error() != "no change" {\n\t\tlog.Fatal(err)\n\t}',
    ),
    'the error is only told': project('\tif err := m.Up(); err != nil {\n\t\tlog.Println(err)\n\t}'),
    'the error is left aside': project('\t_ = m.Up()'),
    'another library': project(
      '\tif err := m.Up(); err != nil {\n\t\tlog.Fatal(err)\n\t}',
      '',
      'github.com/example/migrate',
    ),
    'the Up of something else': project('\tif err := elevator.Up(); err != nil {\n\t\tlog.Fatal(err)\n\t}'),
  },
  flagged: {
    'it ends at every error': {
      ...project('\tif err := m.Up(); err != nil {\n\t\tlog.Fatal(err)\n\t}'),
      expect: [
        'warning main.go:7:12 CMD ends where m.Up() returns an error, and that is "no change" whenever there is no new migration',
      ],
    },
    'on two lines': {
      ...project('\terr = m.Up()\n\tif err != nil {\n\t\tpanic(err)\n\t}'),
      expect: [
        'warning main.go:7:8 CMD ends where m.Up() returns an error, and that is "no change" whenever there is no new migration',
      ],
    },
    'the error is handed on': {
      ...project('\tif err := m.Up(); err != nil {\n\t\treturn fmt.Errorf("migrate: %w", err)\n\t}'),
      expect: [
        'warning main.go:7:12 CMD fails where m.Up() returns an error, and that is "no change" whenever there is no new migration',
      ],
    },
  },
})
