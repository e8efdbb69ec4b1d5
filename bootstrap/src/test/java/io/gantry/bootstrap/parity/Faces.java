package io.gantry.bootstrap.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.parity.Answer.Failure;
import java.util.Map;
import java.util.UUID;

/** The face whose behaviour is tested, and the other, which must give the same answers. */
interface Faces {
  Face face();

  Face peer();

  /**
   * Calls the face under test. What changes nothing, because it only reads or is refused, the other
   * face is asked too, and has to say the same.
   */
  default Answer ask(Call call) {
    Cases.called(call.operation());
    Answer answer = face().call(call);
    if (answer instanceof Failure || !call.changesSomething()) {
      assertThat(peer().call(call)).as("the other face on %s", call).isEqualTo(answer);
    }
    return answer;
  }

  /** A good call of the operation, about something that is not there. */
  static Call wellFormed(String operation) {
    Call call = Call.of(operation);
    String path = Methods.path(Methods.method(operation));
    for (String id : new String[] {"namespace_id", "image_id", "tag_id"}) {
      if (path.contains("{" + id + "}")) call = call.with(id, UUID.randomUUID().toString());
    }
    return operation.equals("CreateNamespace") ? call.with("name", unique()) : call;
  }

  /** A namespace's name that nobody else has. */
  static String unique() {
    return "parity-" + UUID.randomUUID();
  }

  /** Makes a namespace by the face under test. */
  default Answer createNamespace(Map<String, Object> more) {
    Call call = Call.of("CreateNamespace").with("name", unique());
    for (var argument : more.entrySet()) {
      call = call.with(argument.getKey(), argument.getValue());
    }
    return ask(call);
  }
}
