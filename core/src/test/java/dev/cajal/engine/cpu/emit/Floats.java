package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Unary;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Locale;

/** A function of f32 as generated code, in a loop over arrays of a multiple of 16 elements. */
interface Floats {
  void apply(float[] x, float[] y, float[] z, int count);

  static Floats of(Unary f, Lanes lanes) {
    return of(f.name(), lanes, (code, x, _) -> new Functions(code).apply(f, x));
  }

  static Floats of(Binary f, Lanes lanes) {
    return of(f.name(), lanes, (code, x, y) -> new Functions(code).apply(f, x, y));
  }

  /** What is written inside the loop. */
  interface Body {
    Value write(Code code, Value x, Value y);
  }

  static Floats of(String name, Lanes lanes, Body body) {
    var array = Kind.F32.array();
    return Generated.instance(
        MethodHandles.lookup(),
        Floats.class,
        name.toLowerCase(Locale.ROOT) + lanes.count(),
        "apply",
        MethodTypeDesc.of(CD_void, array, array, array, CD_int),
        out -> {
          Code code = new Code(out, lanes);
          Value x = code.parameter(Kind.F32, 0);
          Value y = code.parameter(Kind.F32, 1);
          Value z = code.parameter(Kind.F32, 2);
          Value count = code.parameter(Kind.I32, 3);
          code.loop(
              code.constant(0),
              count,
              lanes.count(),
              i -> code.store(z, i, body.write(code, code.load(x, i), code.load(y, i))));
          out.return_();
        });
  }
}
