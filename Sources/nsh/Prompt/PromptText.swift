import Terminal

/// A prompt as libedit takes it, control sequences between characters of value 1, and as it is seen.
struct PromptText {
  /// The text without control sequences.
  let visible: String
  /// The text as EL_PROMPT_ESC of editline(3) takes it.
  let marked: [UInt8]
  /// Lines that stand above, which libedit does not know of.
  let above: [UInt8]

  init(_ text: String) {
    var styled = StyledText(hasColor: false)
    styled.add(text)
    self.init(styled)
  }

  /// Takes a text whose only control sequences are SGR.
  init(_ text: StyledText) {
    let lines = text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    above = Array(lines.dropLast().joined(separator: [0x0A])) + (lines.count > 1 ? [0x0A] : [])
    var visible: [UInt8] = []
    var marked: [UInt8] = []
    var sequence: [UInt8] = []
    var isInSequence = false
    for byte in lines.last ?? [] {
      if byte == 0x1B { isInSequence = true }
      guard !isInSequence else {
        sequence.append(byte)
        if byte == UInt8(ascii: "m") { isInSequence = false }
        continue
      }
      // libedit hangs a sequence on the character behind it, so that neighbours go together.
      if !sequence.isEmpty { marked += [1] + sequence + [1] }
      sequence = []
      marked.append(byte)
      visible.append(byte)
    }
    // It loses a sequence with nothing behind it.
    if !sequence.isEmpty {
      marked += [1] + sequence + [1, 0x20]
      visible.append(0x20)
    }
    self.visible = String(decoding: visible, as: UTF8.self)
    self.marked = marked
  }
}
