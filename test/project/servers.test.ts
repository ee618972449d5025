import {describe, expect, it} from 'vitest'
import {serverOf} from '../../src/project/image/servers/servers.ts'

/** What a command is read as: `uvicorn 127.0.0.1:8000`, with `?` for what is not known and `~` before what may change. */
function read(command: string, env: Record<string, string> = {}, files: string[] = []): string | undefined {
  const words = command.split(' ').map((word) => ({text: word === '?' ? undefined : word, fixed: true}))
  const server = serverOf(words, {
    variable: (name) => (name in env ? {value: env[name]} : undefined),
    hasFile: (...names) => files.some((file) => names.includes(file)),
    hasFileBeginning: (...starts) => files.some((file) => starts.some((start) => file.startsWith(start))),
    mentions: () => false,
  })
  const show = (setting: {value: unknown; fixed: boolean} | undefined) =>
    setting ? `${setting.fixed ? '' : '~'}${setting.value}` : '?'
  const sockets = server?.sockets.map(({host, port, onlyIPv6}) => `${show(host)} ${show(port)}${onlyIPv6 ? ' v6' : ''}`)
  return server && [server.name, ...(sockets ?? [])].join(', ')
}

describe('servers', () => {
  it.each([
    ['uvicorn app:app', 'uvicorn, ~127.0.0.1 ~8000'],
    ['python -m http.server', 'http.server,  8000'],
    ['python3 -m http.server 8080 --bind 127.0.0.1', 'http.server, 127.0.0.1 8080'],
    ['litestar --app app:app run', undefined],
    ['litestar run --port 8080', 'litestar run, ~127.0.0.1 8080'],
    ['mlflow server -h 0.0.0.0 -p 5001', 'mlflow server, 0.0.0.0 5001'],
    ['php artisan octane:start --server=swoole --port=8080', 'artisan octane:start, ~127.0.0.1 8080'],
    ['php artisan octane:reload', undefined],
    ['/pb/pocketbase serve', 'pocketbase serve, 127.0.0.1 8090'],
    ['/pb/pocketbase serve --http=0.0.0.0:8080 --dir=/pb_data', 'pocketbase serve, 0.0.0.0 8080'],
    ['/pb/pocketbase serve shop.example.com', 'pocketbase serve'],
    ['hugo server --bind 0.0.0.0 -p 8080', 'hugo server, 0.0.0.0 8080'],
    ['bundle exec jekyll serve -P 8080', 'jekyll serve, ~127.0.0.1 8080'],
    ['npx fastify start -l info app.js', 'fastify start, ~localhost ~3000'],
    ['fastify start -a 0.0.0.0 -p 8080 app.js', 'fastify start, 0.0.0.0 8080'],
    ['npx sirv dist --single', 'sirv, ~localhost ~8080'],
    ['npx sirv dist --host 0.0.0.0 --port 3000', 'sirv, ~0.0.0.0 ~3000'],
    ['react-scripts start', 'react-scripts start, ~0.0.0.0 ~3000'],
    ['deno serve --port 8080 main.ts', 'deno serve, 0.0.0.0 8080'],
    ['uvicorn app:app --host=0.0.0.0 --port=80', 'uvicorn, 0.0.0.0 80'],
    ['uvicorn app:app --port 80 --port 81', 'uvicorn, ~127.0.0.1 81'],
    ['uvicorn app:app --uds /run/app.sock', 'uvicorn'],
    ['uvicorn app:app --host :: --workers 4', 'uvicorn, :: ~8000'],
    ['uvicorn app:app --host ::', 'uvicorn, :: ~8000 v6'],
    ['uvicorn app:app --port ?', 'uvicorn, ~127.0.0.1 ?'],
    ['uvicorn app:app --workers ? --port 80', 'uvicorn, ~127.0.0.1 80'],
    ['uvicorn app:app --reload ? --port 80', 'uvicorn'],
    ['uvicorn --version', undefined],
    ['/opt/venv/bin/uvicorn app:app --port 80', 'uvicorn, ~127.0.0.1 80'],
    ['python -u -m uvicorn app:app --port 80', 'uvicorn, ~127.0.0.1 80'],
    ['python -W ignore manage.py runserver 0:80', 'manage.py runserver, 0.0.0.0 80'],
    ['python manage.py migrate', undefined],
    ['python manage.py runserver', 'manage.py runserver, ~127.0.0.1 ~8000'],
    ['python manage.py runserver 8080 --noreload', 'manage.py runserver, ~127.0.0.1 8080'],
    ['uv run --no-sync --python 3.12 python -m gunicorn -b :80 app', 'gunicorn,  80'],
    ['uv run -m uvicorn app:app --port 80', 'uvicorn, ~127.0.0.1 80'],
    ['poetry run gunicorn app --bind [::]:80', 'gunicorn, :: 80'],
    ['gunicorn app -b 127.0.0.1', 'gunicorn, 127.0.0.1 8000'],
    ['gunicorn app -b fd://3', 'gunicorn'],
    ['gunicorn app -b0.0.0.0:80', 'gunicorn, 0.0.0.0 80'],
    ['gunicorn app', 'gunicorn, ~127.0.0.1 ~8000'],
    ['hypercorn app -b 0.0.0.0:80 -b [::]:81', 'hypercorn, 0.0.0.0 80, :: 81'],
    ['sanic shop.main:app', 'sanic, 127.0.0.1 8000'],
    ['sanic shop.main:app -H 0.0.0.0 -p 8080 --workers=2', 'sanic, 0.0.0.0 8080'],
    ['sanic shop.main:app --unix /run/shop.sock', 'sanic'],
    ['hypercorn -c hypercorn.toml app', 'hypercorn'],
    ['daphne -b 0.0.0.0 -p 80 app', 'daphne, 0.0.0.0 80'],
    ['daphne -e ssl:443 app', 'daphne'],
    ['flask --app shop run -p 80', 'flask run, ~127.0.0.1 80'],
    ['flask db upgrade', undefined],
    ['flask jobs run', undefined],
    ['fastapi run main.py', 'fastapi run, ~0.0.0.0 ~8000'],
    ['fastapi dev main.py --port 80', 'fastapi dev, ~127.0.0.1 80'],
    ['streamlit run app.py --server.port=80', 'streamlit run, ~ 80'],
    ['waitress-serve --listen=*:80 app:app', 'waitress-serve,  80'],
    ['npx next start -p 80', 'next start,  80'],
    ['next build', undefined],
    ['vite preview --host', 'vite preview, ? ~4173'],
    ['vite preview --port 80', 'vite preview, ~localhost 80'],
    ['npx --yes serve -s build -l 80', 'serve,  80'],
    ['serve -s build -l tcp://0.0.0.0:80', 'serve, 0.0.0.0 80'],
    ['serve -s build', 'serve,  ~3000'],
    ['/app/serve', 'serve'],
    ['serve --http=0.0.0.0:80', 'serve'],
    ['/http-server', 'http-server'],
    ['http-server dist -p 80 -c-1', 'http-server, 0.0.0.0 80'],
    ['php -S 0.0.0.0:80 -t public', 'php -S, 0.0.0.0 80'],
    ['php artisan serve --host=0.0.0.0 --port=80', 'artisan serve, 0.0.0.0 80'],
    ['php artisan queue:work', undefined],
    ['php script.php -S 0.0.0.0:80', undefined],
    ['bundle exec rails s -p 80 -b 0.0.0.0', 'rails server, ~0.0.0.0 ~80'],
    ['bundle exec puma -C config/puma.rb', 'puma, ? ?'],
    ['bundle exec puma -p 80', 'puma, ~ ~80'],
    ['celery -A app worker', undefined],
    ['node server.js', undefined],
  ])('%s', (command, expected) => expect(read(command)).toBe(expected))

  it('reads the variables that servers read', () => {
    expect(read('uvicorn app:app', {UVICORN_HOST: '0.0.0.0', UVICORN_PORT: '80'})).toBe('uvicorn, ~0.0.0.0 ~80')
    expect(read('uvicorn app:app', {PORT: '80'})).toBe('uvicorn, ~127.0.0.1 ~8000')
    expect(read('gunicorn app', {PORT: '80'})).toBe('gunicorn, ~0.0.0.0 ~80')
    expect(read('gunicorn app', {GUNICORN_CMD_ARGS: '-b :80'})).toBe('gunicorn')
    expect(read('next start', {PORT: '80', HOSTNAME: 'localhost'})).toBe('next start,  ~80')
  })

  it('does not guess what a file may say', () => {
    expect(read('gunicorn app', {}, ['gunicorn.conf.py'])).toBe('gunicorn')
    expect(read('flask run', {}, ['.flaskenv'])).toBe('flask run, ? ?')
    expect(read('python manage.py runserver', {}, ['runserver.py'])).toBe('manage.py runserver')
    expect(read('vite preview --port 80', {}, ['vite.config.ts'])).toBe('vite preview, ? 80')
  })
})
