package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The methods that a generated class has beside its main one. Small methods are what the JVM's
 * compilers want: its quick one inlines every call of the Vector API deeply and gives up on a
 * method with more than some forty of them, which is then slow for long.
 */
public final class Parts {
  private final ClassDesc self;
  private final List<Part> parts = new ArrayList<>();

  private record Part(String name, MethodTypeDesc signature, Consumer<CodeBuilder> body) {}

  /** For a class of a name, in the package of the lookup. */
  public Parts(MethodHandles.Lookup lookup, String name) {
    self = ClassDesc.of(lookup.lookupClass().getPackageName(), name);
  }

  ClassDesc self() {
    return self;
  }

  void clear() {
    parts.clear();
  }

  /** Adds a static method and gives its name. */
  String add(List<ClassDesc> parameters, Consumer<CodeBuilder> body) {
    String name = "part" + parts.size();
    parts.add(new Part(name, MethodTypeDesc.of(CD_void, parameters), body));
    return name;
  }

  void writeTo(ClassBuilder out) {
    for (Part part : parts) {
      out.withMethodBody(
          part.name, part.signature, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, part.body);
    }
  }
}
