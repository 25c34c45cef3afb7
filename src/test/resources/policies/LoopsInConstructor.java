/** Is never made. */
class LoopsInConstructor extends Line {
  LoopsInConstructor() {
    while (true) {
      ready.size();
    }
  }
}
