package org.schedlab.cost;

/** How well a figure is founded. */
public enum Basis {
  CITED("cited", "a source that was read gives the figure"),
  WEAK("weak", "a source gives the figure, but does not say how it was found"),
  MEASURED("measured", "the project's own measurement on a virtual machine"),
  ESTIMATE("estimate", "the project's estimate; no source gives a figure"),
  RECALLED("recalled", "known from the literature, not read again for this list");

  private final String label;
  private final String meaning;

  Basis(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** Returns the word that marks such figures. */
  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }
}
