package io.gantry.rest;

import io.gantry.application.iam.CreateApiKey;
import io.gantry.application.iam.CreateApplication;
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
import io.gantry.application.iam.Rules;
import io.gantry.application.iam.SetRules;
import io.gantry.application.iam.UpdateApiKey;
import io.gantry.application.iam.UpdateApplication;
import io.gantry.application.iam.UpdatePolicy;
import io.gantry.application.project.CreateProject;
import io.gantry.application.project.DeleteProject;
import io.gantry.application.project.GetProject;
import io.gantry.application.project.ListProjects;
import io.gantry.application.project.UpdateProject;
import io.gantry.domain.identity.ApplicationRepository;
import io.gantry.domain.identity.InMemoryApplicationRepository;
import io.gantry.domain.identity.InMemoryIdentity;
import io.gantry.domain.identity.InMemoryKeyDetailsRepository;
import io.gantry.domain.identity.InMemoryPolicyRepository;
import io.gantry.domain.identity.InMemoryProjectRepository;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.PolicyRepository;
import io.gantry.domain.identity.ProjectRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** The use cases of identity over the registry in memory, as the service wires them. */
@Singleton
final class TestIdentity {
  /** More than all tests together add. */
  private static final int QUOTA = 1_000;

  private final TestRegistry registry;
  private final ProjectRepository projects;
  private final ApplicationRepository applications;
  private final PolicyRepository policies;
  private final KeyDetailsRepository keys;

  TestIdentity(TestRegistry registry) {
    InMemoryIdentity identity = registry.keys.identity();
    this.registry = registry;
    this.projects = new InMemoryProjectRepository(identity, registry.memory);
    this.applications = new InMemoryApplicationRepository(identity);
    this.policies = new InMemoryPolicyRepository(identity);
    this.keys = new InMemoryKeyDetailsRepository(identity);
  }

  @Produces
  @Singleton
  CreateProject createProject() {
    return new CreateProject(
        registry.access, projects, registry.catalogue.unitOfWork(), registry.clock, QUOTA);
  }

  @Produces
  @Singleton
  ListProjects listProjects() {
    return new ListProjects(registry.access, projects, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetProject getProject() {
    return new GetProject(registry.access, projects, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdateProject updateProject() {
    return new UpdateProject(
        registry.access, projects, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  DeleteProject deleteProject() {
    return new DeleteProject(registry.access, projects, keys, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  Directory directory() {
    return new Directory(registry.access, keys, applications, policies, QUOTA);
  }

  @Produces
  @Singleton
  Rules rules() {
    return new Rules(registry.access, projects);
  }

  @Produces
  @Singleton
  CreateApiKey createApiKey(Directory directory) {
    return new CreateApiKey(
        directory,
        keys,
        policies,
        projects,
        registry.catalogue.unitOfWork(),
        registry.clock,
        new SecureRandom());
  }

  @Produces
  @Singleton
  ListApiKeys listApiKeys(Directory directory) {
    return new ListApiKeys(directory, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  GetApiKey getApiKey(Directory directory) {
    return new GetApiKey(directory, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdateApiKey updateApiKey(Directory directory) {
    return new UpdateApiKey(
        directory, keys, projects, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  DeleteApiKey deleteApiKey(Directory directory) {
    return new DeleteApiKey(directory, keys, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  CreateApplication createApplication(Directory directory) {
    return new CreateApplication(
        directory, applications, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  ListApplications listApplications(Directory directory) {
    return new ListApplications(directory, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetApplication getApplication(Directory directory) {
    return new GetApplication(directory, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdateApplication updateApplication(Directory directory) {
    return new UpdateApplication(
        directory, applications, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  DeleteApplication deleteApplication(Directory directory) {
    return new DeleteApplication(directory, applications, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  CreatePolicy createPolicy(Directory directory, Rules rules) {
    return new CreatePolicy(
        directory, policies, rules, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  ListPolicies listPolicies(Directory directory) {
    return new ListPolicies(directory, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetPolicy getPolicy(Directory directory) {
    return new GetPolicy(directory, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdatePolicy updatePolicy(Directory directory) {
    return new UpdatePolicy(directory, policies, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  DeletePolicy deletePolicy(Directory directory) {
    return new DeletePolicy(directory, policies, registry.catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  SetRules setRules(Directory directory, Rules rules) {
    return new SetRules(
        directory, policies, rules, registry.catalogue.unitOfWork(), registry.clock);
  }

  @Produces
  @Singleton
  ListPermissionSets listPermissionSets() {
    return new ListPermissionSets(registry.access);
  }
}
