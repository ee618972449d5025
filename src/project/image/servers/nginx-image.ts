/** The image of nginx, and its sibling for users without rights. */
export const nginxImage = /^(?:nginx|nginxinc\/nginx-unprivileged)(?::|$)/

/** How that starts it, and whoever writes no more than the image does; flyctl launch writes it with its folder. */
export const plainNginx = /^(?:\/usr\/sbin\/)?nginx(?: -g daemon off;)?$/

/** What it reads there as the image has it, and fills in before (docker-entrypoint.d/20-envsubst-on-templates.sh). */
export const nginxFiles = /^\/etc\/nginx\/(?:nginx\.conf|conf\.d\/[^/]+\.conf|templates\/[^/]+\.template)$/
