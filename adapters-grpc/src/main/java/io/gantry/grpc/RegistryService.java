package io.gantry.grpc;

import io.gantry.proto.registry.v1.RegistryGrpc.RegistryImplBase;
import io.quarkus.grpc.GrpcService;

/**
 * Lets reflection describe the service and health report it. Its calls do not come here: {@link
 * Gate} takes them.
 */
@GrpcService
final class RegistryService extends RegistryImplBase {}
