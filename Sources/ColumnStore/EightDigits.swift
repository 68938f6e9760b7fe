/// Digits read eight at a time, as the bytes of a word, the first lowest.
public enum EightDigits {
  /// Eight `0` characters.
  public static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The number that bytes 0 to 9 write; nil when some byte is more.
  @inlinable
  @inline(__always)
  public static func number(_ word: UInt64) -> UInt64? {
    (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 ? nil : sum(word)
  }

  /// The same for bytes that are known to be 0 to 9, added up pairwise.
  @inlinable
  @inline(__always)
  public static func sum(_ word: UInt64) -> UInt64 {
    let pairs = (word &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
    return (fours &* 42_949_672_960_001) &>> 32
  }
}
