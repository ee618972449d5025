/** What one block of nginx's configuration takes once alone. */

import {words} from './nginx-text.ts'

/** Tried one by one with nginx 1.22: the second of each in a block ends it ("… directive is duplicate"). */
const once = words(`
  daemon master_process worker_processes pid user pcre_jit worker_rlimit_nofile worker_shutdown_timeout worker_priority lock_file
  events http worker_connections
  root alias proxy_pass fastcgi_pass uwsgi_pass grpc_pass try_files internal expires charset default_type etag autoindex
  client_max_body_size client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size
  large_client_header_buffers send_timeout keepalive_timeout keepalive_requests sendfile tcp_nopush tcp_nodelay server_tokens
  gzip gzip_vary gzip_comp_level gzip_min_length gzip_buffers gzip_http_version gzip_static
  proxy_http_version proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_buffering proxy_buffers proxy_buffer_size
  proxy_busy_buffers_size proxy_redirect proxy_cache proxy_request_buffering proxy_intercept_errors
  fastcgi_read_timeout fastcgi_buffers fastcgi_buffer_size fastcgi_index
  resolver resolver_timeout real_ip_header real_ip_recursive ssl_ciphers ssl_prefer_server_ciphers ssl_session_timeout
  types_hash_max_size server_names_hash_bucket_size variables_hash_max_size map_hash_bucket_size
  absolute_redirect port_in_redirect server_name_in_redirect underscores_in_headers auth_basic auth_basic_user_file
`)

/** Blocks whose lines are directives; those of `map` or `types` are not. */
export const ofDirectives = words('http server location if limit_except events')

/** Of what the nginx.conf that is there already sets in http: what all releases of the last years have in common. */
export const setInHttp = {
  /** salsa.debian.org, nginx-team/nginx, debian/conf/nginx.conf */
  debian: words('sendfile tcp_nopush types_hash_max_size default_type gzip'),
  /** aports, main/nginx/nginx.conf */
  alpine: words('default_type server_tokens client_max_body_size sendfile tcp_nopush gzip_vary log_format=main'),
  /** The image of nginx: pkg-oss, nginx.conf */
  image: words('default_type sendfile keepalive_timeout log_format=main'),
}

/**
 * What a directive of the same block must not have, too: its name, or that with the name that it gives. undefined: it may stand
 * there again.
 */
export function repeatKey([name = '', ...values]: readonly string[]): string | undefined {
  if (once.has(name)) return name
  const [first, second] = values
  if (name === 'log_format' || name === 'upstream') return `${name}=${first}`
  // Patterns are asked one after the other; a path is looked up.
  if (name !== 'location' || !first) return undefined
  if (second === undefined) return /^[@~=^]/.test(first) ? undefined : `location ${first}`
  return first === '=' ? `location = ${second}` : first === '^~' ? `location ${second}` : undefined
}

/** The directives that a command line sets: `nginx -g 'daemon off;'`. */
export function setByCommand(commandWords: readonly (string | undefined)[]): string[] {
  const at = commandWords.indexOf('-g')
  const written = at < 0 ? '' : (commandWords[at + 1] ?? '')
  return [...written.matchAll(/(?<=^|;)\s{0,99}([a-z_]{1,40})(?=\s)/g)].map(([, name = '']) => name)
}
