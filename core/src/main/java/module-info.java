/** The language of tensor expressions, its gradient, its compiler and its engines. */
module dev.cajal.core {
  requires static org.jspecify;

  exports dev.cajal;
  exports dev.cajal.autodiff;
  exports dev.cajal.compile;
  exports dev.cajal.engine;
  exports dev.cajal.engine.reference;
  exports dev.cajal.files;
  exports dev.cajal.json;
  exports dev.cajal.random;
  exports dev.cajal.tensor;
}
