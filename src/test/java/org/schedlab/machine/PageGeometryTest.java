package org.schedlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageGeometryTest {
  @Test
  void x86AddressSplitsIntoFourIndicesAndAnOffset() {
    PageGeometry x86 = PageGeometry.X86_64;
    long address = 0x7fff_1234_5678L;
    long page = x86.page(address);
    assertThat(page).isEqualTo(0x7_fff1_2345L);
    assertThat(x86.offset(address)).isEqualTo(0x678);
    assertThat(List.of(0, 1, 2, 3))
        .extracting(level -> x86.index(level, page))
        .containsExactly(0xff, 0x1fc, 0x91, 0x145);
    assertThat(x86.virtualBits()).isEqualTo(48);
    assertThat(x86.tableBytes(2)).isEqualTo(4096);
  }

  @Test
  void canonicalAddressesOfX86AreThoseWhoseHighBitsAgree() {
    PageGeometry x86 = PageGeometry.X86_64;
    assertThat(x86.contains(0x7fff_ffff_ffffL)).isTrue();
    assertThat(x86.contains(0x8000_0000_0000L)).isFalse();
    assertThat(x86.contains(0xffff_8000_0000_0000L)).isTrue();
    assertThat(x86.contains(0xffff_7fff_ffff_ffffL)).isFalse();
    assertThat(x86.page(-1)).isEqualTo((1L << 36) - 1);
  }

  @Test
  void the32BitAddressSpaceEndsAtFourGibibytes() {
    assertThat(PageGeometry.X86_32.contains(0xffff_ffffL)).isTrue();
    assertThat(PageGeometry.X86_32.contains(0x1_0000_0000L)).isFalse();
    assertThat(PageGeometry.X86_32.contains(-1)).isFalse();
    assertThat(PageGeometry.X86_32.tableBytes(0)).isEqualTo(4096);
    assertThat(PageGeometry.presets().keySet()).containsExactly("32-bit", "x86-64");
  }

  @Test
  void textbookGeometriesAreFree() {
    PageGeometry small = PageGeometry.of(32, 1, 5, 5);
    assertThat(small.virtualBits()).isEqualTo(15);
    assertThat(small.index(0, small.page(24860))).isEqualTo(24);
    assertThat(small.index(1, small.page(24860))).isEqualTo(8);
    assertThat(PageGeometry.of(8, 1, 2).virtualBits()).isEqualTo(5);
  }

  @Test
  void sizesThatMakeNoSenseAreRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> PageGeometry.of(100, 4, 5)).hasMessageContaining("power of two");
    assertThatThrownBy(() -> PageGeometry.of(0, 4, 5)).hasMessageContaining("power of two");
    assertThatThrownBy(() -> PageGeometry.of(1, 4, 5)).hasMessageContaining("2 bytes to 1 GiB");
    assertThatThrownBy(() -> PageGeometry.of(64, 4)).hasMessageContaining("1 to 6 levels");
    assertThatThrownBy(() -> PageGeometry.of(64, 4, 0)).hasMessageContaining("1 to 20 bits");
    assertThatThrownBy(() -> PageGeometry.of(64, 4, 21)).hasMessageContaining("not 21");
    assertThatThrownBy(() -> PageGeometry.of(64, 9, 4)).hasMessageContaining("1 to 8 bytes");
    assertThatThrownBy(() -> PageGeometry.of(4096, 8, 9, 9, 9, 9, 10))
        .hasMessageContaining("at most 57 bits; these levels need 58");
  }
}
