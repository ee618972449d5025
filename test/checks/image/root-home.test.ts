import rootHome from '../../../checks/image/root-home.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, fly = '', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: dockerfile,
    'requirements.txt': 'fastapi==0.115.0\nuvicorn==0.34.0\nalembic==1.14.0\n',
    'main.py': '',
    ...files,
  },
})

/** The packages of the stage before, in the home of root. */
const copied = ({
  command = '["uvicorn", "main:app"]',
  user = 'RUN useradd -m app && chown -R app:app /app\nUSER app\n',
  path = '/root/.local/bin:$PATH',
  more = '',
  base = 'python:3.13-slim',
} = {}): string =>
  `FROM ${base} AS build\nCOPY requirements.txt ./\nRUN pip install --user -r requirements.txt\nFROM ${base}\nWORKDIR /app\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nCOPY --from=build /root/.local /root/.local\nENV PATH=${path}\nCOPY . .\n${more}${user}CMD ${command}\n`

const fetched = (install: string, folder: string, command: string, more = '') =>
  project(
    `FROM debian:12-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y curl ca-certificates unzip\nRUN ${install}\nENV PATH="${folder}:$PATH"\n${more}COPY . .\nRUN useradd -m app\nUSER app\nCMD ${command}\n`,
  )
const uv = 'curl -LsSf https://astral.sh/uv/install.sh | sh'

testCheck(rootHome, {
  clean: {
    'as root': project(copied({user: ''})),
    'as root by its number': project(copied({user: 'USER 0\n'})),
    'an open home': project(copied({more: 'RUN chmod 755 /root\n'})),
    'a home that is given away': project(copied({more: 'RUN chown -R 1000 /root\n'})),
    'the home of the user': project(
      copied({path: '/home/app/.local/bin:$PATH'}).replace(
        '/root/.local /root/.local',
        '/root/.local /home/app/.local',
      ),
    ),
    'copied to another place, too': project(copied({more: 'COPY --from=build /root/.local /usr/local\n'})),
    'installed for everybody, too': project(copied({more: 'RUN pip install -r requirements.txt\n'})),
    'a file that needs other things': project(copied({command: '["./serve"]'})),
    'the packages where PYTHONPATH may name others': project(
      copied({command: '["python", "-m", "uvicorn", "main:app"]', more: 'ENV PYTHONPATH=/srv\n'}),
    ),
    'an installer with a place of its own': fetched(
      uv,
      '/root/.local/bin',
      '["uv", "run", "main.py"]',
      'ENV UV_INSTALL_DIR=/usr/local/bin\n',
    ),
    'a program that is moved': fetched(
      `${uv} && mv /root/.local/bin/uv /usr/local/bin/`,
      '/root/.local/bin',
      '["uv", "run", "main.py"]',
    ),
    'a program that pip brings, too': fetched(
      `${uv} && pip install uv`,
      '/root/.local/bin',
      '["uv", "run", "main.py"]',
    ),
    'an image that opens itself': project(copied({base: 'registry.example.com/python:3.13'})),
    'a volume over it': project(copied(), '[mounts]\nsource = "data"\ndestination = "/root"\n'),
  },
  flagged: {
    'a program of pip': {
      ...project(copied()),
      expect: [
        'error Dockerfile:12:1 CMD starts uvicorn, which is in /root/.local/bin, and the image runs as app: only root may go into /root',
      ],
    },
    'by the shell, and the migrations': {
      ...project(
        copied({command: 'uvicorn main:app --port $PORT'}),
        '[deploy]\nrelease_command = "alembic upgrade head"\n',
      ),
      expect: [
        'error Dockerfile:12:1 CMD starts uvicorn, which is in /root/.local/bin, and the image runs as app: only root may go into /root',
        'error fly.toml:3:1 release_command starts alembic, which is in /root/.local/bin, and the image runs as app: only root may go into /root',
      ],
    },
    'by its place': {
      ...project(copied({command: '["/root/.local/bin/uvicorn", "main:app"]', user: 'USER 1000\n'})),
      expect: [
        'error Dockerfile:11:1 CMD starts /root/.local/bin/uvicorn, which is in /root/.local/bin, and the image runs as 1000: only root may go into /root',
      ],
    },
    'as a module': {
      ...project(copied({command: '["python", "-m", "uvicorn", "main:app"]'})),
      expect: [
        'error Dockerfile:12:1 CMD starts python as app, and the packages are in /root/.local: only root may go into /root',
      ],
    },
    'as a file': {
      ...project(copied({command: '["python", "main.py"]'})),
      expect: [
        'warning Dockerfile:12:1 CMD starts python as app, and the packages are in /root/.local: only root may go into /root',
      ],
    },
    'uv by its installer': {
      ...fetched(
        `${uv} && /root/.local/bin/uv pip install --system -r requirements.txt`,
        '/root/.local/bin',
        '["uv", "run", "main.py"]',
      ),
      expect: [
        'error Dockerfile:9:1 CMD starts uv, which is in /root/.local/bin, and the image runs as app: only root may go into /root',
      ],
    },
    'Bun by its installer': {
      ...fetched('curl -fsSL https://bun.sh/install | bash', '/root/.bun/bin', '["bun", "main.ts"]'),
      expect: [
        'error Dockerfile:9:1 CMD starts bun, which is in /root/.bun/bin, and the image runs as app: only root may go into /root',
      ],
    },
  },
})
