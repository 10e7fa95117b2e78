import Diagnostics
import Interpreter
import Net
import System
import Transport

let sockopt = Command(
  "sockopt",
  "Gives or sets an option of a socket by its name, getsockopt(2) and setsockopt(2); without a name all of them.",
  Parameter<OpenSocket?>.connection("the connection or listener, if not the current connection"),
  Parameter<String?>.optional("option", "such as SO_KEEPALIVE, TCP_NODELAY or IP_TTL, in any case"),
  Parameter<Value?>.optional("value", "what to set it to: true, false, a number, size, duration or text"),
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; sockopt $c TCP_NODELAY true; sockopt $c TCP_NODELAY", "true", needsLab: true
    ),
    Example("let c = tcp connect www.rfc.test:80; sockopt so_type", "SOCK_STREAM", needsLab: true),
    Example("let l = tcp listen :0; sockopt $l SO_ACCEPTCONN", "true"),
    Example("tcp connect www.rfc.test:80; sockopt | where {|o| $o.name =~ '^TCP_KEEP'} | get value", needsLab: true),
  ]
) { machine, given, name, value in
  let socket = try machine.socket(given)
  guard socket.descriptors.contains(where: \.isOpen) else { throw ValueError.closed(socket.id) }
  guard let name else { return .list(try socket.descriptors.first.map { try options(of: $0) } ?? []) }
  guard let option = SocketOption.named(name) else {
    let near = nearestNames(to: name.uppercased(), among: SocketOption.all.map(\.name))
    throw ValueError(
      "no-option", "no option is named \(name)",
      hint: near.first.map { "did you mean `\($0)`?" } ?? "`sockopt` alone lists them", layer: .command)
  }
  guard let value else {
    guard let descriptor = socket.descriptors.first else { return .null }
    return try Value(read(option, of: descriptor))
  }
  let bytes = try bytes(of: value, for: option)
  for descriptor in socket.descriptors {
    do throws(SystemCallError) {
      try descriptor.setOption(option.number, at: option.level, bytes)
    } catch {
      throw ValueError(
        error.code, "\(option.name) cannot be set to \(value.described)",
        hint: error.code == "ENOENT" ? "the kernel has nothing of that name" : nil, layer: socket.transport,
        cause: error)
    }
  }
  return .null
}

/// All options that the socket has, but for the one that reading takes away.
private func options(of descriptor: Descriptor) throws -> [Value] {
  try SocketOption.all.filter { $0.kind != .error }.compactMap { option in
    do {
      guard let setting = option.setting(try descriptor.option(option.number, at: option.level)) else { return nil }
      return .record(
        Record([
          "name": .string(option.name), "value": Value(setting), "settable": .bool(option.isSettable),
          "meaning": .string(option.sentence),
        ]))
    } catch let error as SystemCallError {
      // What another protocol or family has, this one refuses.
      guard error.code != "EBADF" else { throw error }
      return nil
    }
  }
}

private func read(_ option: SocketOption, of descriptor: Descriptor) throws -> SocketOption.Setting {
  do {
    guard let setting = option.setting(try descriptor.option(option.number, at: option.level)) else {
      throw ValueError("no-value", "\(option.name) has no value", layer: .command)
    }
    return setting
  } catch let error as SystemCallError {
    throw ValueError(error.code, "\(option.name) cannot be read", cause: error)
  }
}

/// The kernel's bytes for a value of the language.
private func bytes(of value: Value, for option: SocketOption) throws -> [UInt8] {
  guard option.isSettable else {
    throw ValueError("bad-argument", "\(option.name) can only be read", layer: .command)
  }
  guard let setting = setting(of: value, for: option.kind), let bytes = option.bytes(setting) else {
    let wanted: String =
      switch option.kind {
      case .flag: "true or false"
      case .size: "a number of bytes or a size"
      case .text: "a text"
      case .linger: "a duration, or false for none"
      case .seconds, .milliseconds, .time: "a duration"
      default: "a number of 32 bits"
      }
    throw ValueError("wrong-type", "\(option.name) wants \(wanted), and this is \(value.described)", layer: .command)
  }
  return bytes
}

private func setting(of value: Value, for kind: SocketOption.Kind) -> SocketOption.Setting? {
  switch (kind, value) {
  case (.flag, .bool(let isOn)): .flag(isOn)
  case (.flag, .int(let number)) where number == 0 || number == 1: .flag(number == 1)
  case (.flag, .string("on")): .flag(true)
  case (.flag, .string("off")): .flag(false)
  case (.linger, .bool(false)), (.linger, .null), (.linger, .string("off")): .span(nil)
  case (.seconds, .int(let number)), (.linger, .int(let number)): TimeSpan(seconds: Int64(number)).map { .span($0) }
  case (_, .int(let number)): .number(number)
  case (_, .size(let size)): .size(Int(size.bytes))
  case (_, .duration(let span)): .span(span)
  case (_, .string(let text)): .text(text)
  default: nil
  }
}

extension Value {
  init(_ setting: SocketOption.Setting) {
    switch setting {
    case .flag(let isOn): self = .bool(isOn)
    case .number(let number): self = .int(number)
    case .size(let size): self = .size(ByteSize(bytes: Int64(size)))
    case .text(let text): self = .string(text)
    case .span(let span): self = span.map { .duration($0) } ?? .null
    case .credentials(let process, let user, let group):
      self = .record(Record(["pid": .int(process), "user": .int(user), "group": .int(group)]))
    }
  }
}
