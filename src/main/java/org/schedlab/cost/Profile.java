package org.schedlab.cost;

/** The machines whose costs are known. */
public enum Profile {
  TEXTBOOK("textbook", "no hidden costs: exercise answers come out exact"),
  LINUX_X86_64("linux-x86_64", "a bare-metal x86-64 of about 3 GHz under Linux, mitigations on"),
  PENTIUM_1996("pentium-1996", "Linux on a Pentium, as lmbench measured it in 1996"),
  CORTEX_M4("cortex-m4", "a Cortex-M4 microcontroller at 120 MHz under Zephyr");

  /** Stands for a size or count without limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final String key;
  private final String meaning;

  Profile(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  /** Returns the name that scenario files use. */
  public String key() {
    return key;
  }

  public String meaning() {
    return meaning;
  }
}
