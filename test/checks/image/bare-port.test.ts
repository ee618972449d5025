import check from '../../../checks/image/bare-port.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, env = '', more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  A = "b"\n${env}`,
    Dockerfile: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /server .\nCMD ["/server"]\n',
    'go.mod': 'module example.com/shop\n\ngo 1.25\n',
    'main.go': `package main\n\nimport "net/http"\n${more}\nfunc main() {\n${code}\n}\n`,
  },
})
const port = '  PORT = "8080"\n'
const says = 'without a colon it is no address, and Go says "missing port in address"'

testCheck(check, {
  clean: {
    'a colon': project('\thttp.ListenAndServe(":8080", nil)'),
    'a colon before the variable': project('\thttp.ListenAndServe(":" + os.Getenv("PORT"), nil)', port),
    'a colon in the variable': project('\thttp.ListenAndServe(os.Getenv("PORT"), nil)', '  PORT = ":8080"\n'),
    'a variable that nothing sets': project('\thttp.ListenAndServe(os.Getenv("PORT"), nil)'),
    'a name that gets its colon further down': project(
      '\tport := os.Getenv("PORT")\n\tport = ":" + port\n\thttp.ListenAndServe(port, nil)',
      port,
    ),
    'an address that is set further down': project(
      '\tserver := &http.Server{Addr: "8080"}\n\tserver.Addr = ":8080"\n\tserver.ListenAndServe()',
    ),
    'a socket of files': project('\tnet.Listen("unix", "8080")'),
    'the Run of something else': project('\tapp.Run("8080")'),
    'a server under a condition': project('\tif os.Getenv("X") != "" {\n\t\thttp.ListenAndServe("8080", nil)\n\t}'),
  },
  flagged: {
    'the default of a flag': {
      ...project('\taddr := flag.String("addr", "8080", "where")\n\thttp.ListenAndServe(*addr, nil)'),
      expect: [`warning main.go:7:22 CMD listens at 8080: ${says}`],
    },
    'a port alone': {
      ...project('\thttp.ListenAndServe("8080", nil)'),
      expect: [`error main.go:6:22 CMD listens at 8080: ${says}`],
    },
    'a variable of [env]': {
      ...project('\thttp.ListenAndServe(os.Getenv("PORT"), nil)', port),
      expect: [`warning main.go:6:22 CMD listens at 8080, which PORT has: ${says}`],
    },
    'the address of a server': {
      ...project('\tserver := &http.Server{Addr: os.Getenv("PORT")}\n\tserver.ListenAndServe()', port),
      expect: [`warning main.go:6:31 CMD listens at 8080, which PORT has: ${says}`],
    },
    'net.Listen': {
      ...project('\tnet.Listen("tcp", "8080")'),
      expect: [`error main.go:6:20 CMD listens at 8080: ${says}`],
    },
    gin: {
      ...project('\tr := gin.Default()\n\tr.Run(os.Getenv("PORT"))', port, 'import "github.com/gin-gonic/gin"\n'),
      expect: [`warning main.go:8:8 CMD listens at 8080, which PORT has: ${says}`],
    },
  },
})
