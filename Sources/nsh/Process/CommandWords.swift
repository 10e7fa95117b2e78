import CSystem

/// The words of the command line behind the program's name.
///
/// Swift's own CommandLine finds them by reading all of the memory map that the kernel writes for it, a good part of an empty start.
enum CommandWords {
  static var all: [String] {
    var words: [String] = []
    var index: Int32 = 1
    while index < nsh_argument_count(), let word = nsh_argument(index) {
      words.append(String(cString: word))
      index += 1
    }
    return words
  }
}
