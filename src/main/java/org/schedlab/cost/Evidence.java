package org.schedlab.cost;

/**
 * Why a figure is what it is.
 *
 * @param words what the source says of it; empty where the value says it all
 */
public record Evidence(Basis basis, Source source, String words) {
  static Evidence cited(Source source, String words) {
    return new Evidence(Basis.CITED, source, words);
  }

  static Evidence weak(Source source, String words) {
    return new Evidence(Basis.WEAK, source, words);
  }

  static Evidence recalled(Source source, String words) {
    return new Evidence(Basis.RECALLED, source, words);
  }

  static Evidence measured(String words) {
    return new Evidence(Basis.MEASURED, Source.OWN, words);
  }

  static Evidence estimate(String words) {
    return new Evidence(Basis.ESTIMATE, Source.OWN, words);
  }

  /** Returns basis, source and words in one line: {@code cited GMS: 76 ns on a Xeon 6256}. */
  public String line() {
    String where = source == Source.OWN ? basis.label() : basis.label() + " " + source.name();
    return words.isEmpty() ? where : where + ": " + words;
  }
}
