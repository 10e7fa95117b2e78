import TestSupport
import Testing

/// `use imap` and `use pop3` against Dovecot.
struct MailboxTests {
  /// Starts Dovecot below a folder, on four free ports (two of them for TLS from the start), as whoever runs the tests, with one
  /// password for every user and the certificate `good` of another folder.
  static let start = #"""
    cd "$1"
    chmod 755 .
    certificates=$2
    mkdir -m 777 mail
    ports=$(python3 -c "import socket as s; a = [s.create_server(('127.0.0.1', 0)) for _ in '1234']; print(*[b.getsockname()[1] for b in a])")
    set -- $ports
    me=$(id -un) group=$(id -gn) login=$me owner=$(id -u):$(id -g)
    if [ "$me" = root ]; then me=dovecot group=dovecot login=dovenull owner=65534:65534; fi
    cat > dovecot.conf <<CONF
    base_dir = $PWD/run
    state_dir = $PWD/state
    log_path = $PWD/log
    protocols = imap pop3
    listen = 127.0.0.1
    ssl = yes
    ssl_cert = <$certificates/good.pem
    ssl_key = <$certificates/good.key
    disable_plaintext_auth = no
    auth_failure_delay = 0
    mail_location = maildir:$PWD/mail/%u
    first_valid_uid = 1
    default_internal_user = $me
    default_internal_group = $group
    default_login_user = $login
    service imap-login {
      chroot =
      inet_listener imap {
        port = $1
      }
      inet_listener imaps {
        port = $3
        ssl = yes
      }
    }
    service pop3-login {
      chroot =
      inet_listener pop3 {
        port = $2
      }
      inet_listener pop3s {
        port = $4
        ssl = yes
      }
    }
    service anvil {
      chroot =
    }
    service stats {
      chroot =
    }
    passdb {
      driver = static
      args = password=secret
    }
    userdb {
      driver = static
      args = uid=${owner%:*} gid=${owner#*:} home=$PWD/mail/%u
    }
    CONF
    echo $ports
    exec timeout 60 /usr/sbin/dovecot -F -c $PWD/dovecot.conf >/dev/null 2>&1
    """#

  @Test func lettersArePutReadAndDeleted() throws {
    let folder = try TemporaryFolder()
    let certificates = try CertificateTests.folder.get().path
    let server = try Program("sh", "-c", Self.start, "sh", folder.path, certificates)
    let ports = try server.line().split(separator: " ")
    try #require(ports.count == 4)
    let (imap, pop3) = (ports[0], ports[1])
    let said = try run(
      #"""
      use imap
      use pop3
      let c = retry 200 --every 100ms { imap connect 127.0.0.1:\#(imap) }
      'IMAP4rev1' in (imap capabilities $c)
      try { imap login $c ada 'wr"o\ng' } catch e { $e.code }
      imap login $c ada secret
      imap append $c "From: a@b.test\r\nSubject: one\r\n\r\n.dot line\r\nbye\r\n"
      imap append $c "From: c@d.test\r\nSubject: two\r\n\r\nsecond\r\n"
      imap mailboxes $c | get name
      (imap select $c).messages
      imap search $c | join ,
      imap search $c 'SUBJECT two'
      imap headers $c 2 | lines | first
      imap fetch $c 1 | hash sha256
      try { imap select $c nosuch } catch e { $e.code }
      imap quit $c
      let p = retry 200 --every 100ms { pop3 connect 127.0.0.1:\#(pop3) }
      pop3 login $p ada secret
      (pop3 status $p) | to json
      pop3 messages $p | get bytes | join ,
      pop3 fetch $p 1 | join '|'
      pop3 top $p 2 | first 2 | join '|'
      pop3 delete $p 1
      try { pop3 fetch $p 9 } catch e { $e.code }
      pop3 quit $p
      let p = pop3 connect 127.0.0.1:\#(pop3)
      pop3 login $p ada secret
      (pop3 status $p).messages
      pop3 quit $p
      let p = pop3 connect 127.0.0.1:\#(pop3)
      try { pop3 login $p ada wrong } catch e { $e.code }
      conn | count
      """#)
    let digest = try run(#""From: a@b.test\r\nSubject: one\r\n\r\n.dot line\r\nbye\r\n" | hash sha256"#)
    #expect(
      said == """
        true
        imap-no
        INBOX
        2
        1,2
        2
        From: c@d.test
        \(digest)imap-no
        Logged in.
        {"messages":2,"bytes":88}
        48,40
        From: a@b.test|Subject: one||.dot line|bye
        From: c@d.test|Subject: two
        Marked to be deleted.
        pop3-refused
        Logging out, messages deleted.
        Logged in.
        1
        Logging out.
        pop3-refused
        1

        """)
    withExtendedLifetime(server) {}
  }
}
