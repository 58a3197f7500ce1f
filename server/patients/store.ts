/** A person in a facility's register: the same ID number there is the same patient. Holds no identifier in the clear. */
export interface PatientEntry {
  patientId: string;
  facilityId: string;
  /** Blind index of the ID number. */
  idNumberIndex: string;
  createdAt: string;
}

export interface PatientStore {
  /** Adds the entry unless the facility knows the ID number. @returns the id under which it is known. */
  register(entry: PatientEntry): Promise<string>;
}
