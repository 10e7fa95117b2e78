# A small stand-in of the real internet, of foreign servers at real addresses, for what runs with `--live`. Sourced, in namespaces of its own
# (unshare -nmp, with -r for those who are not root); it wants $folder, a folder of this run, and $root, the source tree.
#
#   198.41.0.4 and the other roots       named (BIND), which knows com, net and org at the addresses of theirs,
#   192.5.6.30, 199.19.56.1                and at others the zones of example.com, rfc-editor.org and what serves them
#   9.9.9.9                              unbound, which resolves from these roots; /etc/resolv.conf names it
#   104.16.44.99                         nginx as www.rfc-editor.org: port 80 sends on to https, bodies come with their length
#   104.16.45.99                         the same, but bodies come in chunks (`chunked` makes it the one that is found)
#   23.192.228.80                        nginx as www.example.com, with and without TLS
set -e
PATH=$PATH:/usr/sbin:/sbin
cd "$folder"

ip link set lo up
roots=$(sed -n 's/^[a-m]\.root-servers\.net\t//p' "$root/share/nsh/data/root-hints.tsv")
for a in $roots 192.5.6.30 199.19.56.1 199.43.135.53 193.108.91.1 162.159.0.33 9.9.9.9 104.16.44.99 104.16.45.99 23.192.228.80; do
  case $a in *:*) echo "addr add $a/128 dev lo nodad" ;; *) echo "addr add $a/32 dev lo" ;; esac
done > addresses
ip -batch addresses

zone() { { echo "\$ORIGIN $1"; echo '$TTL 300'; echo '@ SOA ns.invalid. admin.invalid. 1 3600 600 86400 60'; cat; } > "zone$1"; }
# The root's zone has the addresses of whom it refers to, those of com only what lies below it (glue).
{
  for r in a b c d e f g h i j k l m; do echo "@ NS $r.root-servers.net."; done
  sed -n 's/^\([a-m]\.root-servers\.net\)\t\([0-9.]*\)$/\1. A \2/p; s/^\([a-m]\.root-servers\.net\)\t\(.*:.*\)$/\1. AAAA \2/p' \
    "$root/share/nsh/data/root-hints.tsv"
  printf '%s\n' 'com. NS a.gtld-servers.net.' 'net. NS a.gtld-servers.net.' 'org. NS a0.org.afilias-nst.info.' \
    'a.gtld-servers.net. A 192.5.6.30' 'a0.org.afilias-nst.info. A 199.19.56.1'
} | zone .
printf '%s\n' '@ NS a.gtld-servers.net.' 'example NS a.iana-servers.net.' 'cloudflare NS ns3.cloudflare.com.' \
  'ns3.cloudflare A 162.159.0.33' | zone com.
printf '%s\n' '@ NS a.gtld-servers.net.' 'a.gtld-servers A 192.5.6.30' 'iana-servers NS a.iana-servers.net.' \
  'a.iana-servers A 199.43.135.53' 'edgesuite NS ns1.edgesuite.net.' 'ns1.edgesuite A 193.108.91.1' | zone net.
# Its servers have names in com, so that these are looked up first.
printf '%s\n' '@ NS a0.org.afilias-nst.info.' 'rfc-editor NS jill.ns.cloudflare.com.' | zone org.
printf '%s\n' '@ NS a.iana-servers.net.' '@ A 23.192.228.80' 'www CNAME www.example.com-v4.edgesuite.net.' | zone example.com.
printf '%s\n' '@ NS a.iana-servers.net.' 'a A 199.43.135.53' | zone iana-servers.net.
printf '%s\n' '@ NS ns1' 'ns1 A 193.108.91.1' 'www.example.com-v4 A 23.192.228.80' | zone edgesuite.net.
printf '%s\n' '@ NS ns3' 'ns3 A 162.159.0.33' 'jill.ns A 162.159.0.33' | zone cloudflare.com.
printf '%s\n' '@ NS jill.ns.cloudflare.com.' '@ A 104.16.44.99' 'www A 104.16.44.99' | zone rfc-editor.org.

view() {
  name=$1 addresses=$2
  shift 2
  echo "view $name { match-destinations { $addresses }; recursion no;"
  for z; do echo "zone \"$z\" { type primary; file \"$folder/zone$z\"; };"; done
  echo '};'
}
{
  echo "options { directory \"$folder\"; pid-file none; session-keyfile none; listen-on port 53 { !127.0.0.0/8; !9.9.9.9; any; };
    listen-on-v6 port 53 { any; }; dnssec-validation no; check-names primary ignore; check-integrity no; querylog yes; minimal-responses no; empty-zones-enable no; };
    controls { };"
  view root "$(printf '%s; ' $roots)" .
  view tlds '192.5.6.30; 199.19.56.1;' com. net. org.
  view zones '199.43.135.53; 193.108.91.1; 162.159.0.33;' example.com. iana-servers.net. edgesuite.net. cloudflare.com. rfc-editor.org.
} > named.conf
named -f -n 1 -c "$folder/named.conf" -L "$folder/named.log" &

sed -n 's/^\([a-m]\.root-servers\.net\)\t\([0-9.]*\)$/. 3600 NS \1.\n\1. 3600 A \2/p' "$root/share/nsh/data/root-hints.tsv" > hints
cat > unbound.conf <<END
server:
  interface: 9.9.9.9
  access-control: 0.0.0.0/0 allow
  do-ip6: no
  num-threads: 1
  so-rcvbuf: 0
  module-config: "iterator"
  root-hints: "$folder/hints"
  username: ""
  chroot: ""
  directory: "$folder"
  pidfile: ""
  use-syslog: no
  logfile: "$folder/unbound.log"
  log-queries: yes
remote-control:
  control-enable: no
END
unbound -d -c "$folder/unbound.conf" &

names='DNS:www.rfc-editor.org,DNS:rfc-editor.org,DNS:www.example.com,DNS:example.com'
key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
openssl req -x509 $key -keyout ca.key -out ca.pem -subj '/CN=Authority of the stand-in' -days 30 2> openssl.log
openssl req -x509 $key -CA ca.pem -CAkey ca.key -keyout web.key -out web.pem -subj '/CN=www.rfc-editor.org' -days 30 \
  -addext "subjectAltName=$names" -addext 'basicConstraints=critical,CA:FALSE' 2>> openssl.log
mkdir editor editor/rfc pages
sed 's/The nsh Lab/RFC Editor /' "$root/share/nsh/lab/rfc/rfc2324.txt" > editor/rfc/rfc2324.txt
echo '<!doctype html><title>Example Domain</title><h1>Example Domain</h1>' > pages/index.html
editor() {
  echo "server { listen $1:80; server_name www.rfc-editor.org rfc-editor.org; return 301 https://\$host\$request_uri; }
    server { listen $1:443 ssl; server_name www.rfc-editor.org rfc-editor.org; root editor; $2 }"
}
cat > nginx.conf <<END
daemon off; master_process off; user root; pid $folder/nginx.pid; error_log $folder/error.log;
events {}
http {
  client_body_temp_path $folder/t1; proxy_temp_path $folder/t2; fastcgi_temp_path $folder/t3; uwsgi_temp_path $folder/t4; scgi_temp_path $folder/t5;
  log_format asked '\$server_addr:\$server_port \$host "\$request" \$status \$ssl_protocol'; access_log $folder/access.log asked;
  types { text/html html; text/plain txt; } charset utf-8; charset_types text/plain; gzip on; gzip_types text/plain; gzip_min_length 1;
  ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate $folder/web.pem; ssl_certificate_key $folder/web.key;
  $(editor 104.16.44.99)
  $(editor 104.16.45.99 'ssi on; ssi_types text/plain;')
  server { listen 23.192.228.80:80; listen 23.192.228.80:443 ssl; server_name www.example.com example.com; root pages; }
}
END
nginx -p "$folder" -c nginx.conf &

printf 'nameserver 9.9.9.9\n' > resolv.conf
printf 'hosts: files dns\n' > nsswitch.conf
printf '127.0.0.1 localhost\n' > hosts
for file in resolv.conf nsswitch.conf hosts; do mount --bind "$folder/$file" /etc/$file; done
chunked() { printf '127.0.0.1 localhost\n104.16.45.99 www.rfc-editor.org\n' > "$folder/hosts"; }

# What trusts the system's authorities trusts this one.
export SSL_CERT_FILE="$folder/ca.pem"
found=no
for i in $(seq 100); do
  curl -s -o page --noproxy '*' --max-time 2 --cacert ca.pem https://www.rfc-editor.org/rfc/rfc2324.txt &&
    curl -s -o page --noproxy '*' --max-time 2 http://www.example.com/ && found=yes && break
  sleep 0.1
done
set +e
[ $found = yes ] || { echo 'the stand-in did not begin:'; cat ./*.log; exit 1; }
# What was asked until now was only to see whether all are there.
: > named.log; : > unbound.log; : > access.log
