/** Programs of the system, by their names. */

/** Words of the shell that are no programs: POSIX has files for some of them, Debian and Alpine do not. */
export const builtins = /^(cd|export|source|\.|set|unset|eval|exec|ulimit|trap|alias|pushd)$/

/** Servers that serve an app, and are started before it or in the background. */
export const servers = /^(?:redis-server|nginx|caddy|crond?|supervisord|php-fpm)$/

/** Bases without a language, whose package managers bring programs of other names. */
export const bareBase =
  /^(?:(?:docker\.io\/)?(?:library\/)?(?:alpine|debian|ubuntu|busybox)(?::|$)|scratch$|gcr\.io\/distroless\/)/
/** Commands of a RUN that bring no program, or, of the package managers, only those that are known by the package. */
export const bringsNone =
  /^(?:apt-get|apt|apk|mkdir|chmod|chown|chgrp|rm|touch|echo|set|true|:|cd|useradd|groupadd|adduser|addgroup|usermod|update-ca-certificates|locale-gen|sed|export)$/
/** What coreutils, util-linux and BusyBox call theirs. */
export const ofSystem = new Set(
  `arch ash awk base64 basename bash busybox cat chgrp chmod chown chroot cksum clear cmp comm cp cron crond cut date dd df diff
  dirname dmesg du env expand expr factor false find flock fold free fsck fuser getopt getty grep groups gunzip gzip halt head
  hexdump host hostid hostname hwclock id init install ionice ip join kill killall last link ln logger login logname logrotate
  ls md5sum mkdir mkfifo mknod mktemp more mount mv nc netstat nice nl nohup nproc nslookup od openssl passwd paste patch ping
  pkill pr printenv printf ps pwd readlink realpath renice reset rev rm rmdir route run-parts script sed seq setsid sh
  sha256sum shuf sleep sort split ssl_client stat stdbuf stty su sum sync sysctl tac tail tar tee telnet test time timeout top
  touch tr traceroute true truncate tsort tty umount uname unexpand uniq unlink unshare unzip uptime users vi w watch wc wget
  which who whoami xargs xxd yes zcat`.split(/\s+/),
)

/** The name of a program that is started by it, or by its place in the system. */
export const nameOf = (word: string): string | undefined =>
  word.includes('/') ? /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(word)?.[1] : word
