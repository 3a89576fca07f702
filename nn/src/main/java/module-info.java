/** What makes an expression a trained network: layers, losses, optimizers, metrics. */
module dev.cajal.nn {
  requires static org.jspecify;
  requires transitive dev.cajal.core;

  exports dev.cajal.diagnosis;
  exports dev.cajal.nn;
  exports dev.cajal.optim;
  exports dev.cajal.search;
  exports dev.cajal.train;
}
