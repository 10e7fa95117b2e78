import Net

/// The server's side of a conversation by FTP (RFC 959, RFC 2428) about a folder that can only be read, without I/O.
public struct FTPDialogue {
  /// What a command asks to be done besides the reply.
  public enum Task: Equatable, Sendable {
    /// To listen for the connection of data, and to say where.
    case listen(isExtended: Bool)
    /// To send bytes over it.
    case transfer([UInt8])
    case quit
  }

  public struct Turn: Sendable {
    public var reply: [String] = []
    public var task: Task?
  }

  static let lineLimit = 512

  let files: [String: [UInt8]]
  private var isKnown = false
  private var user = ""
  private var isBinary = false
  /// Where the next file begins.
  private var start = 0

  public init(files: [String: [UInt8]]) { self.files = files }

  static let greeting = "220 the lab's files, served by nsh"

  /// Takes a line without its end.
  public mutating func take(_ line: [UInt8]) -> Turn {
    let verb = String(decoding: line.prefix { $0 != ASCII.space }, as: UTF8.self).uppercased()
    defer { if verb != "REST" { start = 0 } }
    let argument = String(decoding: line.dropFirst(verb.utf8.count + 1), as: UTF8.self)
    switch verb {
    case "USER":
      user = argument
      isKnown = false
      return say("331 any password will do")
    case "PASS":
      guard !user.isEmpty else { return say("503 USER comes first") }
      isKnown = true
      return say("230 welcome")
    case "QUIT": return Turn(reply: ["221 goodbye"], task: .quit)
    case "NOOP": return say("200 done")
    case "SYST": return say("215 UNIX Type: L8")
    // RFC 2389 §3.2.
    case "FEAT": return Turn(reply: ["211-what is done beyond RFC 959:", " EPSV", " REST STREAM", " SIZE", "211 end"])
    default: return isKnown ? takeOfUser(verb, argument) : say("530 say who you are first, by USER and PASS")
    }
  }

  private mutating func takeOfUser(_ verb: String, _ argument: String) -> Turn {
    switch verb {
    case "TYPE":
      guard let type = argument.uppercased().first, "AI".contains(type) else { return say("504 there are A and I") }
      isBinary = type == "I"
      return say("200 done")
    case "MODE": return say(argument.uppercased() == "S" ? "200 done" : "504 there is S alone")
    case "STRU": return say(argument.uppercased() == "F" ? "200 done" : "504 there is F alone")
    case "PWD", "XPWD": return say("257 \"/\" is the only folder")
    case "CWD", "CDUP", "XCWD":
      return say(verb == "CDUP" || FTPDialogue.isFolder(argument) ? "250 done" : "550 there is no such folder")
    // The address of RFC 2428 §3 is the one that the client knows already; of the families there is this one.
    case "EPSV":
      if argument.uppercased() == "ALL" { return say("200 done") }
      guard argument.isEmpty || argument == "1" else { return say("522 network protocol not supported, use (1)") }
      return Turn(task: .listen(isExtended: true))
    case "PASV": return Turn(task: .listen(isExtended: false))
    case "PORT", "EPRT": return say("502 this server connects to nobody: use PASV or EPSV")
    case "LIST": return Turn(task: .transfer(list(argument, isLong: true)))
    case "NLST": return Turn(task: .transfer(list(argument, isLong: false)))
    case "RETR":
      guard let file = file(argument) else { return say("550 there is no such file") }
      let whole = isBinary ? file : FTPDialogue.asText(file)
      guard start <= whole.count else { return say("554 the file ends before that") }
      return Turn(task: .transfer(Array(whole.dropFirst(start))))
    // RFC 3659 §5: in mode S it is a number of bytes, and counts for the next command alone.
    case "REST":
      guard let place = Int(argument), place >= 0 else { return say("501 REST and a number") }
      start = place
      return say("350 the next file begins there")
    case "ABOR": return say("226 nothing is under way")
    case "SIZE":
      // RFC 3659 §4: the number of bytes that a transfer would have.
      guard let file = file(argument) else { return say("550 there is no such file") }
      return say("213 \((isBinary ? file : FTPDialogue.asText(file)).count)")
    case "STOR", "APPE", "DELE", "MKD", "RMD", "RNFR", "RNTO": return say("550 these files can only be read")
    default: return say("502 that is not done here")
    }
  }

  private func say(_ line: String) -> Turn { Turn(reply: [line]) }

  private static func isFolder(_ path: String) -> Bool { ["", ".", "/", "./", "..", "../"].contains(path) }

  /// Finds a file; below the only folder there are no others.
  private func file(_ path: String) -> [UInt8]? {
    files[path.hasPrefix("/") ? String(path.dropFirst()) : path]
  }

  /// Lists the files, as `ls -l` does, which is what clients expect though no RFC says it.
  private func list(_ argument: String, isLong: Bool) -> [UInt8] {
    let path = argument.split(separator: " ").filter { !$0.hasPrefix("-") }.joined(separator: " ")
    let names = FTPDialogue.isFolder(path) ? files.keys.sorted() : file(path) == nil ? [] : [path]
    let lines = names.map { name in
      isLong ? "-r--r--r-- 1 nsh nsh \(files[name]?.count ?? 0) Jan 01 2026 \(name)\r\n" : "\(name)\r\n"
    }
    return Array(lines.joined().utf8)
  }

  /// Ends each line by CR LF, as type A wants it (RFC 959 §3.1.1.1).
  private static func asText(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 32)
    for byte in bytes {
      if byte == ASCII.lf, out.last != ASCII.cr { out.append(ASCII.cr) }
      out.append(byte)
    }
    return out
  }
}
