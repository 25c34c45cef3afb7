/** Is never loaded. */
class LoopsInStatic extends Line {
  static final int FOREVER = forever();

  private static int forever() {
    int i = 0;
    while (true) {
      i++;
    }
  }
}
