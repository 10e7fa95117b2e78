import Glibc
import Interpreter
import System

let append = Command(
  "append", "Writes a value at the end of a file, which is made if it is not there; text ends with one newline.",
  Parameter<Value>.input("what to write: a stream or a response's body as it comes, each piece in one go"),
  Parameter<String>.required("path", "the file; a symbolic link is refused, as `save` does not follow one either"),
  gives: .null,
  examples: [
    Example("cd /tmp; 'one' | save nsh-log.txt; 'two' | append nsh-log.txt; open nsh-log.txt", "onetwo\n"),
    Example("'15:04 started' | append /tmp/nsh-example.log"),
  ]
) { machine, input, path in
  let path = try machine.path(path)
  let file = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
  guard file >= 0 else { throw FileError("append to \(path)", SystemCallError(call: "open", errno: errno)) }
  defer { Glibc.close(file) }
  func write(_ bytes: [UInt8]) throws {
    do throws(SystemCallError) { try writeAll(bytes, to: file) } catch {
      throw FileError("append to \(path)", error)
    }
  }
  guard let stream = Pieces.stream(in: input) else {
    try write(PlainText.bytes(of: input))
    return .null
  }
  var transfer = Transfer("append", of: input)
  machine.show(transfer)
  defer {
    machine.show(nil)
    stream.close()
  }
  while let piece = try stream.next() {
    try machine.checkpoint()
    let bytes = try PlainText.bytes(of: piece)
    try write(bytes)
    transfer.add(bytes.count)
    machine.show(transfer)
  }
  return .null
}
