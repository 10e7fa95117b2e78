/// Words that people know from other shells, programs and languages, and what does the same here.
///
/// They are no names of ours: the checker gives the advice where such a word stands as a command, and `help` where it is sought.
public enum ForeignWords {
  /// What to write instead, by the word.
  public static let advice: [String: String] = {
    var advice: [String: String] = [:]
    for (words, text) in table {
      for word in words.split(separator: " ") { advice[String(word)] = text }
    }
    return advice
  }()

  private static let table = programs + looking + languages + modules

  private static let programs = [
    ("curl", "`http get URL` fetches; `http import 'curl …'` takes over a whole line of curl"),
    ("wget", "`http get URL | save FILE`"),
    ("dig nslookup host drill kdig", "`dns NAME TYPE @SERVER` asks a name server"),
    ("nc ncat netcat socat telnet", "`tcp connect HOST:PORT`, then `send line`, `recv line`, or `interact` to type"),
    ("openssl gnutls-cli", "`tls connect HOST:443`, then `tls handshake` and `tls info`"),
    ("cat less more", "`open FILE` gives what is in a file"),
    ("head", "`first 10`, as in `open FILE | lines | first 10`"),
    ("tail", "`last 10`, as in `open FILE | lines | last 10`"),
    ("grep egrep rg", "`open FILE | lines | where {|l| $l =~ 'PATTERN'}`"),
    ("wc", "`open FILE | lines | len`; `len` counts the characters of a text"),
    (
      "awk cut sed tr",
      "`split` and `words` divide a text, `replace` and `upper` change it, `each {|l| …}` goes over lines"
    ),
    ("jq", "`from json`, then fields: `(open FILE | from json).name`"),
    ("xxd hd od", "`hexdump`, as in `open FILE | hexdump`"),
    ("base64", "`to base64` and `from base64`"),
    ("md5sum sha1sum sha256sum", "`hash`, as in `open FILE | hash`"),
    ("echo printf puts", "`print TEXT`; a value that stands alone is printed too"),
    ("read", "`input` reads a line from the user"),
    ("date", "`now` gives the time"),
    ("seq", "a range: `1..10`"),
    ("timeout", "`within 5s { … }`"),
    ("watch", "`loop { …; sleep 1s }`"),
    ("dir ll", "`ls` lists files"),
    ("GET POST", "`http get URL`, `http post URL BODY`"),
  ]

  private static let looking = [
    ("ifconfig", "`ip addr` lists addresses, `ip link` interfaces"),
    ("netstat ss lsof", "`sockets` lists the sockets of this machine, `conns` those of this shell"),
    ("traceroute tracepath tracert mtr", "`trace HOST`"),
    ("arp", "`ip neigh`"),
    ("route", "`ip route`"),
    (
      "tcpdump tshark wireshark",
      "`wire` shows what this shell sent and received, `wire save FILE.pcapng` writes it for Wireshark"
    ),
    ("nmap", "`tcp probe HOST 1..1024`"),
    ("man ?", "`help` lists the commands, `help NAME` explains one, `help language` the language"),
    ("quit bye logout q", "`exit` leaves, and so does Ctrl-D"),
    ("clear cls", "Ctrl-L clears the screen"),
  ]

  private static let languages = [
    ("export setenv", "`env NAME VALUE` sets a variable of the environment, `let name = …` one of the shell"),
    ("alias function func fn sub proc", "`def NAME [PARAMETERS] { … }`"),
    ("var const local declare", "`let name = …`"),
    ("import require include", "`use NAME` for a module, `source FILE` for a script"),
    ("foreach", "`for x in [1 2 3] { … }`"),
    ("elif elsif elseif", "`} else if … {`, on the line of the brace"),
    ("then fi do done end esac", "blocks stand in braces: `if $x { … }`, `for i in 1..3 { … }`"),
    ("switch case", "`if … { … } else if … { … }`"),
    ("raise throw", "`fail 'what went wrong'`"),
    ("True TRUE", "`true`"),
    ("False FALSE", "`false`"),
    ("None nil NULL undefined", "`null`"),
  ]

  /// The modules of share/nsh/lib, which `use` makes known.
  private static let modules = ["smtp", "pop3", "imap", "ftp", "redis", "ntp", "whois", "finger", "daytime"].map {
    ($0, "it is a module: `use \($0)` first, then `help \($0)` lists what it has")
  }
}
