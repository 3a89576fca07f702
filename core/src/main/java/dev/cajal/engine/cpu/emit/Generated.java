package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.function.Consumer;

/** Classes that are written while the program runs, each with the one method of an interface. */
public final class Generated {
  private Generated() {}

  /**
   * An object of a new hidden class that implements an interface with one method; the class can be
   * unloaded with it.
   *
   * @param lookup of a class in the package of the interface
   * @param type the interface
   * @param name what stack traces and profiles call the class
   * @param method the interface's method
   * @param signature what the method takes and gives
   * @param body writes the method, whose local variable 0 is {@code this}
   */
  public static <T> T instance(
      MethodHandles.Lookup lookup,
      Class<T> type,
      String name,
      String method,
      MethodTypeDesc signature,
      Consumer<CodeBuilder> body) {
    return instance(lookup, type, new Parts(lookup, name), method, signature, List.of(), body);
  }

  /**
   * The same for a method that is written in parts, or uses objects, which the compiler sees as
   * constants.
   *
   * @param parts for the methods that the body puts apart
   * @param constants the objects, which {@link Code#apply} calls by position
   */
  public static <T> T instance(
      MethodHandles.Lookup lookup,
      Class<T> type,
      Parts parts,
      String method,
      MethodTypeDesc signature,
      List<?> constants,
      Consumer<CodeBuilder> body) {
    byte[] bytes =
        ClassFile.of()
            .build(
                parts.self(),
                out -> {
                  out.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                      .withInterfaceSymbols(ClassDesc.ofDescriptor(type.descriptorString()))
                      .withMethodBody(
                          INIT_NAME,
                          MTD_void,
                          ClassFile.ACC_PUBLIC,
                          code ->
                              code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                      .withMethodBody(
                          method,
                          signature,
                          ClassFile.ACC_PUBLIC,
                          code -> {
                            // The builder may begin anew with longer jumps.
                            parts.clear();
                            body.accept(code);
                          });
                  parts.writeTo(out);
                });
    try {
      Class<?> made = lookup.defineHiddenClassWithClassData(bytes, constants, true).lookupClass();
      return type.cast(made.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "generated code for %s was refused".formatted(parts.self().displayName()), e);
    }
  }
}
