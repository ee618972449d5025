import parsedAddress from '../../../checks/image/parsed-address.ts'
import {testCheck} from '../../harness.ts'

const project = (env: string, path: string, code: string) => ({
  files: {'fly.toml': `app = "shop"\n[env]\n  ${env}\n`, [path]: code},
})
const rust = (env: string, code: string) => project(env, 'src/main.rs', code)
const ip = 'parses it as an IP address alone, without brackets and port: the app stops when it starts'

testCheck(parsedAddress, {
  clean: {
    'an address': rust('HOST = "::"', 'let host: IpAddr = env::var("HOST").unwrap().parse().unwrap();\n'),
    'put together with the port first': rust(
      'HOST = "[::]"',
      'let host = env::var("HOST").unwrap();\nlet addr: SocketAddr = format!("{host}:3000").parse().unwrap();\n',
    ),
    'a name that is looked up': rust('HOST = "localhost"', 'let host = env::var("HOST").unwrap();\nconnect(host);\n'),
    'a server elsewhere': rust(
      'HOST = "db.internal"',
      'let host: IpAddr = env::var("HOST").unwrap().parse().unwrap();\n',
    ),
    'an address with its port': rust(
      'LISTEN_ADDR = "[::]:8080"',
      'let addr: SocketAddr = env::var("LISTEN_ADDR").unwrap().parse().unwrap();\n',
    ),
    'a test': project(
      'HOST = "[::]"',
      'tests/a.rs',
      'let host: IpAddr = env::var("HOST").unwrap().parse().unwrap();\n',
    ),
  },
  flagged: {
    'brackets, parsed in one go': {
      ...rust('HOST = "[::]"', 'let host = env::var("HOST").unwrap().parse::<IpAddr>().unwrap();\n'),
      expect: [`warning fly.toml:3:3 HOST is "[::]", but src/main.rs ${ip}`],
    },
    'brackets, parsed further down': {
      ...rust(
        'HOST = "[::]"',
        'let host_env = env::var("HOST").unwrap_or("127.0.0.1".to_string());\nlet ipv4_addr: Result<Ipv4Addr, _> = host_env.parse();\n',
      ),
      expect: [`warning fly.toml:3:3 HOST is "[::]", but src/main.rs ${ip}`],
    },
    'a name, in a field of clap': {
      ...rust('HOST = "localhost"', 'struct Args {\n    #[arg(long, env = "HOST")]\n    host: IpAddr,\n}\n'),
      expect: [`warning fly.toml:3:3 HOST is "localhost", but src/main.rs ${ip}`],
    },
    'a port alone': {
      ...rust('BIND_ADDR = ":8080"', 'let addr = std::env::var("BIND_ADDR")?.parse::<SocketAddr>()?;\n'),
      expect: [
        'warning fly.toml:3:3 BIND_ADDR is ":8080", but src/main.rs parses it as an IP address with its port: the app stops when it starts',
      ],
    },
    Go: {
      ...project('BIND_IP = "[::]"', 'main.go', 'ip := net.ParseIP(os.Getenv("BIND_IP"))\n'),
      expect: [`warning fly.toml:3:3 BIND_IP is "[::]", but main.go ${ip}`],
    },
    Python: {
      ...project('HOST = "[::]"', 'main.py', 'host = ipaddress.ip_address(os.environ["HOST"])\n'),
      expect: [`warning fly.toml:3:3 HOST is "[::]", but main.py ${ip}`],
    },
  },
})
