package io.gantry.bootstrap.wiring;

import io.gantry.application.access.LastUses;
import io.gantry.application.iam.CreateApiKey;
import io.gantry.application.iam.CreateApplication;
import io.gantry.application.iam.CreateKeyWithRights;
import io.gantry.application.iam.CreatePolicy;
import io.gantry.application.iam.DeleteApiKey;
import io.gantry.application.iam.DeleteApplication;
import io.gantry.application.iam.DeletePolicy;
import io.gantry.application.iam.Directory;
import io.gantry.application.iam.GetApiKey;
import io.gantry.application.iam.GetApplication;
import io.gantry.application.iam.GetPolicy;
import io.gantry.application.iam.ListApiKeys;
import io.gantry.application.iam.ListApplications;
import io.gantry.application.iam.ListPermissionSets;
import io.gantry.application.iam.ListPolicies;
import io.gantry.application.iam.Operator;
import io.gantry.application.iam.Rules;
import io.gantry.application.iam.SetRules;
import io.gantry.application.iam.StoreLastUses;
import io.gantry.application.iam.UpdateApiKey;
import io.gantry.application.iam.UpdateApplication;
import io.gantry.application.iam.UpdatePolicy;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.identity.ApplicationRepository;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.PolicyRepository;
import io.gantry.domain.identity.ProjectRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Builds the use cases of API keys, applications and policies. */
final class IamWiring {

  @Produces
  @Singleton
  Directory directory(
      AccessPolicy access,
      KeyDetailsRepository keys,
      ApplicationRepository applications,
      PolicyRepository policies,
      GantryConfig config) {
    return new Directory(
        access, keys, applications, policies, config.limits().identitiesPerOrganization());
  }

  @Produces
  @Singleton
  Rules rules(AccessPolicy access, ProjectRepository projects) {
    return new Rules(access, projects);
  }

  @Produces
  @Singleton
  CreateApiKey createApiKey(
      Directory directory,
      KeyDetailsRepository keys,
      PolicyRepository policies,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new CreateApiKey(
        directory, keys, policies, projects, unitOfWork, clock, new SecureRandom());
  }

  @Produces
  @Singleton
  CreateKeyWithRights createKeyWithRights(
      CreateApplication applications,
      CreatePolicy policies,
      CreateApiKey keys,
      UnitOfWork unitOfWork) {
    return new CreateKeyWithRights(applications, policies, keys, unitOfWork);
  }

  @Produces
  @Singleton
  Operator operator(ProjectRepository projects, KeyDetailsRepository keys, UnitOfWork unitOfWork) {
    return new Operator(projects, keys, unitOfWork, new SecureRandom());
  }

  @Produces
  @Singleton
  ListApiKeys listApiKeys(Directory directory, UnitOfWork unitOfWork, Clock clock) {
    return new ListApiKeys(directory, unitOfWork, clock);
  }

  @Produces
  @Singleton
  GetApiKey getApiKey(Directory directory, UnitOfWork unitOfWork) {
    return new GetApiKey(directory, unitOfWork);
  }

  @Produces
  @Singleton
  UpdateApiKey updateApiKey(
      Directory directory,
      KeyDetailsRepository keys,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new UpdateApiKey(directory, keys, projects, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeleteApiKey deleteApiKey(Directory directory, KeyDetailsRepository keys, UnitOfWork unitOfWork) {
    return new DeleteApiKey(directory, keys, unitOfWork);
  }

  @Produces
  @Singleton
  CreateApplication createApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork, Clock clock) {
    return new CreateApplication(directory, applications, unitOfWork, clock);
  }

  @Produces
  @Singleton
  ListApplications listApplications(Directory directory, UnitOfWork unitOfWork) {
    return new ListApplications(directory, unitOfWork);
  }

  @Produces
  @Singleton
  GetApplication getApplication(Directory directory, UnitOfWork unitOfWork) {
    return new GetApplication(directory, unitOfWork);
  }

  @Produces
  @Singleton
  UpdateApplication updateApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork, Clock clock) {
    return new UpdateApplication(directory, applications, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeleteApplication deleteApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork) {
    return new DeleteApplication(directory, applications, unitOfWork);
  }

  @Produces
  @Singleton
  CreatePolicy createPolicy(
      Directory directory,
      PolicyRepository policies,
      Rules rules,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new CreatePolicy(directory, policies, rules, unitOfWork, clock);
  }

  @Produces
  @Singleton
  ListPolicies listPolicies(Directory directory, UnitOfWork unitOfWork) {
    return new ListPolicies(directory, unitOfWork);
  }

  @Produces
  @Singleton
  GetPolicy getPolicy(Directory directory, UnitOfWork unitOfWork) {
    return new GetPolicy(directory, unitOfWork);
  }

  @Produces
  @Singleton
  UpdatePolicy updatePolicy(
      Directory directory, PolicyRepository policies, UnitOfWork unitOfWork, Clock clock) {
    return new UpdatePolicy(directory, policies, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeletePolicy deletePolicy(Directory directory, PolicyRepository policies, UnitOfWork unitOfWork) {
    return new DeletePolicy(directory, policies, unitOfWork);
  }

  @Produces
  @Singleton
  SetRules setRules(
      Directory directory,
      PolicyRepository policies,
      Rules rules,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new SetRules(directory, policies, rules, unitOfWork, clock);
  }

  @Produces
  @Singleton
  ListPermissionSets listPermissionSets(AccessPolicy access) {
    return new ListPermissionSets(access);
  }

  @Produces
  @Singleton
  StoreLastUses storeLastUses(LastUses lastUses, KeyDetailsRepository keys, UnitOfWork unitOfWork) {
    return new StoreLastUses(lastUses, keys, unitOfWork);
  }
}
